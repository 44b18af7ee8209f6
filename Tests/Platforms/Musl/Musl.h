/* musl's own headers, of Debian's package musl-dev, as far as Sources/Platform asks for them (Scripts/check-platforms). */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

/* Swift's overlay has these in place of a macro and a variadic function, which Swift cannot use. */
#undef errno
extern int errno;
#define ioctl windsock_variadic_ioctl
#include <sys/ioctl.h>
#undef ioctl
int ioctl(int descriptor, unsigned long request, void *value);
