"""What is checked beside the exhaust: on-board diagnosis (OBD), the check by eye (外观检验), and all parts put together."""
