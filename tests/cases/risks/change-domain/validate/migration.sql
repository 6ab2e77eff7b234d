alter domain positive validate constraint over_zero;
