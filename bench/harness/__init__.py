"""Whole-process comparison of reverse proxies. Start reading at ../compare, then rounds.py."""
