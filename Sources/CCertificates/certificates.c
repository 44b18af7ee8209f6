#define _GNU_SOURCE /* for RTLD_NEXT */
#include "CCertificates.h"

#include <dlfcn.h>
#include <stddef.h>

static _Thread_local bool leaves_out;

void windsock_leave_out_certificates(bool is_on) { leaves_out = is_on; }

/* mbed TLS's own error for a file that cannot be read. */
enum { FILE_IO_ERROR = -0x2900 };

/* The executable's functions go before those of the libraries that it is linked to: libgit2 calls this one. Anybody else
 * gets what the library has. Where libgit2 uses another library for TLS, nothing calls it. */
int mbedtls_x509_crt_parse_file(void *chain, const char *path) {
    if (leaves_out) return 0;
    int (*library)(void *, const char *) = (int (*)(void *, const char *))dlsym(RTLD_NEXT, "mbedtls_x509_crt_parse_file");
    return library == NULL ? FILE_IO_ERROR : library(chain, path);
}
