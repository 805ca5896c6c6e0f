META
key;value
description;Neulbom 2026, north
num_projects;3
num_votes;6
budget;900
vote_type;approval
rule;greedy-custom
comment;#1: Funding goes by votes until the next project on the list does not fit; if what is left pays at least 80% of it, a reserve pays the rest.
PROJECTS
project_id;cost;name
N1;500;Ice rink
N2;500;Bicycle racks
N3;100;Bird houses
VOTES
voter_id;vote
1;N1
2;N1,N2
3;N1
4;N2
5;N3
6;N3,N1
