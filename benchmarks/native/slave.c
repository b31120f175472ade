/* A Modbus RTU slave (unit 1) by libmodbus on a pseudo-terminal of its own; prints the path of the other end.
 *
 * It holds the registers of a roller brake tester of carcheck's convention (identity, heartbeat, ring, results), so
 * that our own line accepts it as one; strangers read the same ten input registers 20 to 29.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <modbus/modbus.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

static unsigned long long now_ms(void)
{
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return at.tv_sec * 1000ULL + at.tv_nsec / 1000000ULL;
}

static int open_pair(char *path, size_t size)
{
    struct termios raw;
    int master = posix_openpt(O_RDWR | O_NOCTTY);
    if (master < 0 || grantpt(master) || unlockpt(master) || ptsname_r(master, path, size))
        return -1;
    int slave = open(path, O_RDWR | O_NOCTTY); /* kept open, so that the pair outlives its readers */
    if (slave < 0 || tcgetattr(slave, &raw))
        return -1;
    cfmakeraw(&raw);
    tcsetattr(slave, TCSANOW, &raw);
    return master;
}

static void fill(modbus_mapping_t *map)
{
    const unsigned short results[] = {231, 219, 180, 140, 0, 9, 11, 412, 405, 7};
    map->tab_input_registers[0] = 0x5AA5;
    map->tab_input_registers[1] = 0x449A; /* 1234.5, high word first */
    map->tab_input_registers[2] = 0x5000;
    memcpy(map->tab_input_registers + 20, results, sizeof results);
    map->tab_input_registers[104] = 10;
    map->tab_input_registers[105] = 1000;
}

int main(void)
{
    char path[64];
    uint8_t query[MODBUS_RTU_MAX_ADU_LENGTH];
    int master = open_pair(path, sizeof path);
    modbus_t *unit = master < 0 ? NULL : modbus_new_rtu(path, 115200, 'N', 8, 1);
    modbus_mapping_t *map = modbus_mapping_new(8, 8, 128, 3100);
    if (unit == NULL || map == NULL) {
        perror("slave");
        return 1;
    }
    modbus_set_slave(unit, 1);
    modbus_set_socket(unit, master);
    fill(map);
    printf("%s\n", path);
    fflush(stdout);
    for (;;) {
        int length = modbus_receive(unit, query);
        if (length < 0)
            continue;
        /* a heartbeat that stands still means old values */
        map->tab_input_registers[3] = now_ms() / 100 % 65535 + 1;
        modbus_reply(unit, query, length, map);
    }
}
