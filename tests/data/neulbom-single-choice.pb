META
key;value
description;Neulbom 2026, the big one
num_projects;4
num_votes;8
budget;1000
vote_type;choose-1
rule;greedy-no-skip
PROJECTS
project_id;cost;name
P/1;500;Footbridge
P/2;600;Toboggan run
P/3;100;Weather vane
P/4;999999999;Tram stop, withdrawn after the vote
VOTES
voter_id;vote
a;P/4
b;P/4
c;P/4
d;P/1
e;P/1
f;P/2
g;P/2
h;P/3
