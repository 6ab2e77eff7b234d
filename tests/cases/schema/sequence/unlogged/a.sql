-- pg: 15+

create sequence numbers;
