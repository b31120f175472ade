"""The words of a plan: groups of vehicles, parts of an inspection, and on what it depends whether an item is asked."""

from __future__ import annotations

from enum import StrEnum


class VehicleGroup(StrEnum):
    """The columns of the table of items of GB 38900."""

    PRIVATE_SMALL = "private_small"
    """非营运小型、微型载客汽车."""
    PASSENGER = "passenger"
    """Every other passenger car and bus."""
    GOODS = "goods"
    """载货汽车, tractor units, and a tractor with its trailer tested as one."""
    SPECIAL = "special"
    """专项作业车."""
    TRAILER = "trailer"
    THREE_WHEELED = "three_wheeled"
    """三轮汽车."""
    MOTORCYCLE = "motorcycle"


class InspectionPart(StrEnum):
    """The parts of an inspection, in the order of its report."""

    PAPERS = "papers"
    QUERY = "query"
    """联网查询."""
    IDENTITY = "identity"
    """车辆唯一性检查."""
    PARAMETERS = "parameters"
    """车辆特征参数检查."""
    LOOKS = "looks"
    """车辆外观检查."""
    DEVICES = "devices"
    """安全装置检查."""
    DYNAMIC = "dynamic"
    """底盘动态检验."""
    UNDERBODY = "underbody"
    """车辆底盘部件检查."""
    INSTRUMENT = "instrument"
    """仪器设备检验."""
    ROAD = "road"
    """路试."""
    EMISSION = "emission"
    """环保检验."""


class Asked(StrEnum):
    """Whether an item has to be done, or a person has to see first whether the vehicle has or needs the thing."""

    ASKED = "asked"
    IF_FITTED = "if_fitted"


class Condition(StrEnum):
    """On what it depends, beside group and kind of inspection; each is true, false or not known of a vehicle."""

    HEAVY_OR_MEDIUM = "heavy_or_medium"
    HEAVY = "heavy"
    NO_TRACTOR_UNIT = "no_tractor_unit"
    LARGE_OR_MEDIUM_BUS = "large_or_medium_bus"
    OPEN_BODY = "open_body"
    TANK_BODY = "tank_body"
    THOROUGH = "thorough"
    """A private small car that is inspected like others: minibus, many seats, many years, or a casualty accident."""
    DEPENDENT_FRONT_SUSPENSION = "dependent_front_suspension"
    HAS_LOADED_AXLES = "has_loaded_axles"
    COMMERCIAL = "commercial"
    SCHOOL_BUS = "school_bus"
    DANGEROUS_GOODS = "dangerous_goods"
    TRAINING = "training"
    THREE_WHEELS = "three_wheels"
    """A motorcycle with three wheels in a triangle (正三轮摩托车)."""
    HAS_EXHAUST = "has_exhaust"


class Extent(StrEnum):
    """How often an item is done: once, for each axle, for some axles, or for each lamp."""

    ONCE = "once"
    EACH_AXLE = "each_axle"
    REAR_AXLES = "rear_axles"
    LOADED_AXLES = "loaded_axles"
    PARKING_AXLES = "parking_axles"
    """Once as an item, with a photo for each axle that the parking brake acts on."""
    EACH_LAMP = "each_lamp"
