// Placeholder until the first phase lands.
