//! The screens.

pub(crate) mod about;
pub(crate) mod editor;
pub(crate) mod export;
pub(crate) mod help;
pub(crate) mod home;
