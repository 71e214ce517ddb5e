// The shared library has no code of its own: its layers are linked in whole.
