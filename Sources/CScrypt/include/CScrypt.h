#ifndef WINDSOCK_CSCRYPT_H
#define WINDSOCK_CSCRYPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* scryptROMix of RFC 7914, section 5, over one block of 128 * block_size bytes, in place.
 *
 * cost: N, a power of two above 1; 128 * block_size * cost bytes of memory are taken for the time of the call.
 * Returns false, with the block as it was, if there is no such memory. */
bool windsock_scrypt_mix(uint8_t *block, size_t block_size, size_t cost);

#endif
