alter function price(int) rename to cost;
