// Marks the symbols that the shared library shows; everything else is hidden.

#ifndef SANAD_EXPORT_H_
#define SANAD_EXPORT_H_

#define SANAD_EXPORT __attribute__((visibility("default")))

#endif  // SANAD_EXPORT_H_
