#ifndef WINDSOCK_CDIGEST_H
#define WINDSOCK_CDIGEST_H

// SHA-256 (FIPS 180-4) of much: an image's layers are gigabytes, and each is compared with the digest that names it. Where the processor
// has instructions for it they are used, which is five times faster.

#include <stddef.h>
#include <stdint.h>

typedef struct {
    uint32_t state[8];
    uint8_t pending[64];
    uint64_t count;
} windsock_sha256;

void windsock_sha256_begin(windsock_sha256 *hash);
void windsock_sha256_add(windsock_sha256 *hash, const void *bytes, size_t count);
/// Writes 32 bytes; the hash cannot be added to afterwards.
void windsock_sha256_end(windsock_sha256 *hash, uint8_t *digest);
/// Whether the processor's own instructions are used from now on, for tests: 1 where it has them, 0 to do without. Not for several threads.
void windsock_sha256_use_instructions(int is_used);

#endif
