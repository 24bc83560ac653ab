//! The cube: propagation of observations, conflicts with their support, suspects.
