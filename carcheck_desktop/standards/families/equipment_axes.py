"""By what the limits of equipment checks are chosen: the words of `when` in a table file of HJ 1237."""

from __future__ import annotations

from enum import StrEnum


class AnalyserClass(StrEnum):
    """Accuracy class of an exhaust analyser (JJG 688)."""

    CLASS_00 = "00"
    CLASS_0 = "0"
    CLASS_I = "I"


class GasRange(StrEnum):
    """Whether a check gas lies in the usual range of its channel or above it."""

    USUAL = "usual"
    HIGH = "high"


class Component(StrEnum):
    """A channel of an exhaust analyser."""

    HC = "HC"
    CO = "CO"
    CO2 = "CO2"
    NO = "NO"
    NO2 = "NO2"
    O2 = "O2"


class ResponseEdge(StrEnum):
    """Which response time: to 90 % of a gas that comes, or to 10 % of one that goes."""

    T90 = "T90"
    T10 = "T10"


class FilterPoint(StrEnum):
    """What an opacimeter is checked with."""

    ZERO = "zero"
    FILTER = "filter"
    FULL_SCALE = "full_scale"


class OxygenSensor(StrEnum):
    """Whose oxygen sensor is spanned."""

    ANALYSER = "analyser"
    FLOW_METER = "flow_meter"


class AirKind(StrEnum):
    """Which air an analyser reads before a test."""

    AMBIENT = "ambient"
    BACKGROUND = "background"


class LoadFuel(StrEnum):
    """Which lane a dynamometer serves."""

    PETROL = "petrol"
    DIESEL = "diesel"


class Check(StrEnum):
    """A check that a device must have passed within a time, or it is locked."""

    COAST_DOWN = "coast_down"
    PARASITIC_POWER = "parasitic_power"
    LOAD_ACCURACY = "load_accuracy"
    TORQUE = "torque"
    LEAK = "leak"
    LOW_GAS = "low_gas"
    FIVE_POINT = "five_point"
    RESPONSE_TIME = "response_time"
    CONVERTER = "converter"
    FLOW_METER = "flow_meter"
    OPACIMETER = "opacimeter"
    AMBIENT_SENSORS = "ambient_sensors"
    TACHOMETER = "tachometer"
    COMPARISON = "comparison"
    METROLOGY = "metrology"


class City(StrEnum):
    """Whose schedule of checks holds; intervals differ by city."""

    GENERAL = "general"
    GUANGZHOU = "guangzhou"
    NANJING = "nanjing"


class MonthlyRule(StrEnum):
    """How the parasitic power is demanded: within so many hours, or within the first week of each month."""

    HOURS = "hours"
    FIRST_WEEK = "first_week"


class Active(StrEnum):
    """Whether a rule of supervision is looked at."""

    ON = "on"
    OFF = "off"
