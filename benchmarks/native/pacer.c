/* A line of a true speed: bytes pass between a new pseudo-terminal and PATH one by one, each in its own time.
 *
 * usage: pacer PATH BAUD        10 bits a byte, 0 for no pace; both directions at once; prints the path of the new end
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#define ROOM 65536

struct way {
    int from, to;
    unsigned char waiting[ROOM];
    unsigned first, last;
    long long due_ns; /* when the byte that is on the line has arrived */
};

static long long now_ns(void)
{
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return at.tv_sec * 1000000000LL + at.tv_nsec;
}

static void make_raw(int end)
{
    struct termios raw;
    tcgetattr(end, &raw);
    cfmakeraw(&raw);
    tcsetattr(end, TCSANOW, &raw);
}

static int take(struct way *way, long long byte_ns)
{
    unsigned char data[4096];
    ssize_t got = read(way->from, data, sizeof data);
    long long now = now_ns();
    if (got <= 0)
        return errno == EAGAIN || errno == EINTR ? 0 : -1;
    if (way->first == way->last)
        way->due_ns = now + byte_ns; /* the line was idle: the first byte begins now */
    for (ssize_t at = 0; at < got; at++)
        way->waiting[way->last++ % ROOM] = data[at];
    return 0;
}

static void deliver(struct way *way, long long byte_ns)
{
    while (way->first != way->last && now_ns() >= way->due_ns) {
        unsigned start = way->first % ROOM, size = 1;
        if (!byte_ns) /* no pace: all that has come, up to the end of the ring */
            size = way->last - way->first < ROOM - start ? way->last - way->first : ROOM - start;
        ssize_t sent = write(way->to, way->waiting + start, size);
        if (sent <= 0)
            return;
        way->first += sent;
        way->due_ns += byte_ns;
    }
}

int main(int count, char **given)
{
    static struct way ways[2];
    char path[64];
    if (count != 3)
        return 2;
    int baud = atoi(given[2]);
    long long byte_ns = baud ? 10000000000LL / baud : 0;
    int far = open(given[1], O_RDWR | O_NOCTTY | O_NONBLOCK);
    int near = posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK);
    if (far < 0 || near < 0 || grantpt(near) || unlockpt(near) || ptsname_r(near, path, sizeof path))
        return 1;
    int kept = open(path, O_RDWR | O_NOCTTY);
    make_raw(far);
    make_raw(kept);
    prctl(PR_SET_TIMERSLACK, 1, 0, 0, 0);
    ways[0].from = ways[1].to = near;
    ways[0].to = ways[1].from = far;
    printf("%s\n", path);
    fflush(stdout);
    for (;;) {
        struct pollfd ends[2] = {{near, POLLIN, 0}, {far, POLLIN, 0}};
        long long next = -1, now = now_ns();
        for (int at = 0; at < 2; at++)
            if (ways[at].first != ways[at].last && (next < 0 || ways[at].due_ns < next))
                next = ways[at].due_ns;
        long long wait = next < 0 ? -1 : next > now ? next - now : 0;
        struct timespec pause = {wait / 1000000000LL, wait % 1000000000LL};
        ppoll(ends, 2, wait < 0 ? NULL : &pause, NULL);
        for (int at = 0; at < 2; at++) {
            if (ends[at].revents & POLLIN && take(&ways[at], byte_ns))
                return 0;
            deliver(&ways[at], byte_ns);
        }
    }
}
