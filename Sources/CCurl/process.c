#define _GNU_SOURCE
#define __STDC_WANT_LIB_EXT1__ 1
#include "CCurl.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#ifdef __linux__
#include <sys/prctl.h>
#endif

void windsock_wipe(void *memory, size_t count) {
#ifdef __APPLE__
    memset_s(memory, count, 0, count);
#else
    explicit_bzero(memory, count);
#endif
}

int windsock_protect_process(void) {
    unsetenv("SSLKEYLOGFILE");
    const struct rlimit none = {0, 0};
    if (setrlimit(RLIMIT_CORE, &none) != 0) return errno;
#ifdef __linux__
    // The limit does not hold for a core_pattern that is a pipe; this does.
    if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0) return errno;
#endif
    return 0;
}
