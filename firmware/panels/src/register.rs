//! Registers of a board.

/// A register, or a stretch of memory that somebody else reads, too.
pub(crate) struct Register<T>(*mut T);

impl<T: Copy> Register<T> {
    /// The register at an address.
    ///
    /// # Safety
    ///
    /// There must be one of this type on the board, and reading or writing it must do nothing to the program's memory.
    pub(crate) const unsafe fn new(address: usize) -> Self {
        Self(address as *mut T)
    }

    pub(crate) fn read(&self) -> T {
        // SAFETY: whoever made it has seen to it that it is a register.
        unsafe { self.0.read_volatile() }
    }

    pub(crate) fn write(&self, value: T) {
        // SAFETY: as above.
        unsafe { self.0.write_volatile(value) }
    }
}
