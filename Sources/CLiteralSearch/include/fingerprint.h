/* Tells stretches of bytes apart. */
#ifndef WINDSOCK_FINGERPRINT_H
#define WINDSOCK_FINGERPRINT_H

#include <stddef.h>
#include <stdint.h>

/* 64 bits of `length` bytes, 32 or more. The key must be random and stay unknown to whoever
 * writes the bytes: then two stretches have the same with a probability of about 2^-64, whatever they are. Not for
 * anything that outlives the process. */
uint64_t windsock_fingerprint(const uint8_t *bytes, size_t length, const uint64_t key[4]);

#endif
