"""Exhaust of diesel vehicles (GB 3847): smoke by free acceleration and by lugging down, power, Ringelmann; pure."""
