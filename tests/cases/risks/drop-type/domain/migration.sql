drop domain positive;
