/* Ten input registers (20 to 29) read N times by libmodbus; prints the nanoseconds of each read.
 *
 * usage: master PATH BAUD N
 */
#define _GNU_SOURCE
#include <errno.h>
#include <modbus/modbus.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static long long now_ns(void)
{
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return at.tv_sec * 1000000000LL + at.tv_nsec;
}

int main(int count, char **given)
{
    if (count != 4)
        return 2;
    int reads = atoi(given[3]);
    long long *took = malloc(reads * sizeof *took);
    uint16_t registers[10];
    modbus_t *master = modbus_new_rtu(given[1], atoi(given[2]), 'N', 8, 1);
    if (took == NULL || master == NULL || modbus_connect(master)) {
        fprintf(stderr, "master: %s\n", modbus_strerror(errno));
        return 1;
    }
    modbus_set_slave(master, 1);
    for (int at = -20; at < reads; at++) {
        long long began = now_ns();
        if (modbus_read_input_registers(master, 20, 10, registers) != 10 || registers[0] != 231) {
            fprintf(stderr, "master: %s\n", modbus_strerror(errno));
            return 1;
        }
        if (at >= 0)
            took[at] = now_ns() - began;
    }
    for (int at = 0; at < reads; at++)
        printf("%lld\n", took[at]);
    modbus_free(master);
    return 0;
}
