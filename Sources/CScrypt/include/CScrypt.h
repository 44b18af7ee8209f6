#ifndef WINDSOCK_CSCRYPT_H
#define WINDSOCK_CSCRYPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The most blocks that are mixed at once. */
enum { WINDSOCK_SCRYPT_MOST = 4 };

/* scryptROMix of RFC 7914, section 5, over each of some blocks of 128 * block_size bytes, in place.
 *
 * count: Of blocks, 1 to WINDSOCK_SCRYPT_MOST.
 * cost: N, a power of two above 1; 128 * block_size * cost bytes of memory a block are taken for the time of the call.
 * Returns false, with the blocks as they were, if there is no such memory. */
bool windsock_scrypt_mix(uint8_t *const *blocks, int count, size_t block_size, size_t cost);

#endif
