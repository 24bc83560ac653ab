//! How much memory and time a process uses, where the system says so.

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

/// Processor time this process has used, in milliseconds: what it takes on a machine that does nothing else.
pub fn processor_ms() -> Option<u64> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // Behind the name in brackets; user and system time are the 14th and 15th field, in hundredths of a second.
    let (_, fields) = stat.rsplit_once(')')?;
    let ticks = fields.split_whitespace().skip(11).take(2);
    Some(ticks.filter_map(|n| n.parse::<u64>().ok()).sum::<u64>() * 10)
}
