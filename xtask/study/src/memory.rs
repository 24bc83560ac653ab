//! How much memory a process uses, where the system says so.

use std::fs;

/// Lets the system forget the highest memory use of this process so far, where it can.
pub fn reset_peak() {
    let _ = fs::write("/proc/self/clear_refs", "5");
}

/// Highest memory use of this process since, in MiB; 0 where the system does not say.
pub fn peak_mib() -> u64 {
    peak_of("self").unwrap_or(0)
}

/// Highest memory use of a process, in MiB.
pub fn peak_of(process: &str) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let peak = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(peak.split_whitespace().next()?.parse::<u64>().ok()? / 1024)
}
