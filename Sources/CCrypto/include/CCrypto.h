#ifndef WINDSOCK_CCRYPTO_H
#define WINDSOCK_CCRYPTO_H

// RSA signatures by OpenSSL's libcrypto, which is loaded when the first one is asked for: few runs ever sign anything, and
// a hook is not to pay for it. What is used of it is declared in crypto.c, so that its headers need not be installed.

#include <stddef.h>

/// Loads libcrypto. Returns NULL, or why it cannot be used. May be called again and from any thread.
const char *windsock_crypto_load(void);

/// Signs bytes with RSASSA-PKCS1-v1_5 and SHA-256, which JWTs call RS256. `windsock_crypto_load` must have succeeded.
///
/// @param pem        The private key (PKCS #1 or PKCS #8), not encrypted.
/// @param signature  Takes the signature: `capacity` bytes are enough for keys of 8 times as many bits.
/// @return The signature's length; 0 if the key cannot be read, is none of RSA, or is too long.
size_t windsock_crypto_sign_rs256(const void *pem, size_t pem_count, const void *bytes, size_t count,
                                  unsigned char *signature, size_t capacity);

#endif
