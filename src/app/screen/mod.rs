//! The screens.

pub(crate) mod editor;
pub(crate) mod export;
pub(crate) mod home;
