/* As much of Apple's C library as Sources/Platform asks for, with the types and shapes that Apple documents.
 *
 * Nothing is built with it: on Linux the branches for macOS are type-checked against it (Scripts/check-platforms). Functions
 * that Apple's Swift overlay has instead of variadic ones of C stand here as the overlay has them. */
#include <stddef.h>
#include <stdint.h>

typedef int32_t pid_t;
typedef uint16_t mode_t;
typedef int64_t off_t;
typedef uint32_t socklen_t;
typedef long ssize_t;

extern int errno;

/* sys/stat.h, with 64-bit inodes. */
struct timespec {
    long tv_sec;
    long tv_nsec;
};
struct stat {
    int32_t st_dev;
    mode_t st_mode;
    uint16_t st_nlink;
    uint64_t st_ino;
    uint32_t st_uid;
    uint32_t st_gid;
    int32_t st_rdev;
    struct timespec st_atimespec;
    struct timespec st_mtimespec;
    struct timespec st_ctimespec;
    struct timespec st_birthtimespec;
    off_t st_size;
};
int stat(const char *path, struct stat *status);

/* mach-o/dyld.h, stdlib.h. */
int _NSGetExecutablePath(char *buffer, uint32_t *size);
char *realpath(const char *path, char *resolved);
void free(void *memory);

/* sys/resource.h. */
struct timeval {
    long tv_sec;
    int32_t tv_usec;
};
struct rusage {
    struct timeval ru_utime;
    struct timeval ru_stime;
    long ru_maxrss;
};
#define RUSAGE_SELF 0
int getrusage(int who, struct rusage *usage);

/* signal.h. */
typedef uint32_t sigset_t;
struct __siginfo;
union __sigaction_u {
    void (*__sa_handler)(int);
    void (*__sa_sigaction)(int, struct __siginfo *, void *);
};
struct sigaction {
    union __sigaction_u __sigaction_u;
    sigset_t sa_mask;
    int sa_flags;
};
int sigaction(int signal, const struct sigaction *action, struct sigaction *old);

/* spawn.h: both are pointers. */
typedef void *posix_spawn_file_actions_t;
typedef void *posix_spawnattr_t;
int posix_spawnattr_init(posix_spawnattr_t *attributes);
int posix_spawnattr_destroy(posix_spawnattr_t *attributes);
int posix_spawnattr_setflags(posix_spawnattr_t *attributes, short flags);
int posix_spawn_file_actions_init(posix_spawn_file_actions_t *actions);
int posix_spawn_file_actions_destroy(posix_spawn_file_actions_t *actions);
int posix_spawn_file_actions_adddup2(posix_spawn_file_actions_t *actions, int from, int to);
int posix_spawn_file_actions_addopen(
    posix_spawn_file_actions_t *actions, int descriptor, const char *path, int flags, mode_t mode);
int posix_spawnp(
    pid_t *process, const char *file, const posix_spawn_file_actions_t *actions, const posix_spawnattr_t *attributes,
    char *const *arguments, char *const *environment);

/* sys/socket.h, fcntl.h. */
#define AF_UNIX 1
#define SOCK_STREAM 1
#define SOL_SOCKET 0xffff
#define SO_NOSIGPIPE 0x1022
#define F_SETFD 2
#define FD_CLOEXEC 1
int socketpair(int domain, int kind, int protocol, int *ends);
int setsockopt(int socket, int level, int option, const void *value, socklen_t size);
ssize_t send(int socket, const void *bytes, size_t count, int flags);
int fcntl(int descriptor, int command, int32_t value);

/* sys/ioctl.h, as the overlay has it. */
struct winsize {
    unsigned short ws_row, ws_col, ws_xpixel, ws_ypixel;
};
static const unsigned long TIOCGWINSZ = 0x40087468;
int ioctl(int descriptor, unsigned long request, void *value);
