drop role clerk;
