#ifndef WINDSOCK_CCERTIFICATES_H
#define WINDSOCK_CCERTIFICATES_H

// libgit2 reads and decodes all certificates that the system trusts when it is initialised, if it was built with mbed TLS,
// as Debian's is: a third of the time of a scan of one file, and for nothing, because no connection is made through it.
// It has no option against that.

#include <stdbool.h>

/// While it is on, this thread gets no certificates from files: libgit2 then trusts nobody.
void windsock_leave_out_certificates(bool is_on);

#endif
