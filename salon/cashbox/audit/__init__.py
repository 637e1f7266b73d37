"""The audit of boxes, shifts and vouchers."""
