"""Why a verdict is as it is: one sheet that any role window opens. Everything it shows was computed by the service."""
