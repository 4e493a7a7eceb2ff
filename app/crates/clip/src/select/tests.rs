use super::*;
use crate::transcript::tests::segment;
