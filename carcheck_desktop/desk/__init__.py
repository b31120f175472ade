"""The station's desk: people, intake and conclusions; every change is a command or a lane's fact."""
