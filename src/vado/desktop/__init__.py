"""The desktop window, a thin shell around `vado serve`; its contract is in `__main__`."""
