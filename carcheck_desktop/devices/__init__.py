"""Instruments: what a driver sees (`api`) and what carries it (`machinery`); no make or model here."""
