META
key;value
description;Neulbom 2026, ranked
num_projects;4
num_votes;4
budget;300
vote_type;ordinal
rule;greedy-exclusive
PROJECTS
project_id;cost;name
r1;100;Raft
r2;100;Rope bridge
r3;100;Rose arch
r4;100;Rain barrels
VOTES
voter_id;vote
1;r3,r2,r1
2;r2,r3
3;r3
4;r1,r4
