"""Papers: documents as data become bytes for a receipt printer, PDF, pictures or text; `spool` brings them to printers."""
