"""
The town's participatory budget as a published file: made up, but counted like a real one.

``python example_site/town/demo/election.py`` writes ``neulbom-budget-2025.pb`` beside this module.
Ballots are drawn from a fixed seed, so that the file is the same every time.
"""

from pathlib import Path
from random import Random
from typing import NamedTuple

FILE = Path(__file__).with_name("neulbom-budget-2025.pb")
SEED = 20240902
BALLOTS = 912
BUDGET = 1_500_000_000  # won
THRESHOLD = 60
MOST_PICKS = 5

DISTRICTS = {
    "Riverside": "강변동",
    "Old Town": "원도심동",
    "Hanbit": "한빛동",
    "Dongsan": "동산동",
    "Saebyeok": "새벽동",
}
"""District by district: English and Korean name."""


class Proposal(NamedTuple):
    """A project in both languages. ``appeal`` is how much voters of any district like it."""

    number: str
    district: str
    cost: int
    appeal: float
    category: tuple[str, str]
    target: tuple[str, str]
    title: tuple[str, str]
    text: tuple[str, str]


GREEN = ("Parks and nature", "공원·자연")
STREETS = ("Streets and mobility", "도로·이동")
CARE = ("Care and health", "돌봄·건강")
CULTURE = ("Culture and learning", "문화·배움")
SAFETY = ("Safety", "안전")

EVERYBODY = ("Everybody", "모든 시민")
CHILDREN = ("Children and families", "어린이와 가족")
OLDER = ("Older people", "어르신")
YOUNG = ("Young people", "청소년")

PROPOSALS = (
    Proposal(
        "N-01",
        "Riverside",
        380_000_000,
        2.6,
        GREEN,
        EVERYBODY,
        ("Shady footpath along the river", "그늘이 있는 강변 산책로"),
        (
            "Two hundred trees, benches every 150 metres and drinking water at three places between "
            "Maehwa Bridge and the weir.",
            "매화다리에서 보까지 나무 200그루를 심고, 150미터마다 벤치를, 세 곳에 음수대를 놓습니다.",
        ),
    ),
    Proposal(
        "N-02",
        "Riverside",
        95_000_000,
        1.5,
        STREETS,
        EVERYBODY,
        ("Safe bicycle parking at the ferry pier", "나루터 안전 자전거 보관소"),
        (
            "A roofed and lit rack for 120 bicycles, with four lockable boxes for cargo bikes.",
            "자전거 120대를 세울 수 있는 지붕과 조명이 있는 보관소와 화물 자전거용 잠금 칸 네 개를 만듭니다.",
        ),
    ),
    Proposal(
        "N-03",
        "Riverside",
        620_000_000,
        1.3,
        CULTURE,
        EVERYBODY,
        ("Floating stage for summer concerts", "여름 음악회를 위한 수상 무대"),
        (
            "A stage on the water for music and theatre, with steps for 400 people on the bank.",
            "음악과 연극을 위한 수상 무대와 관객 400명이 앉을 수 있는 강둑 계단을 만듭니다.",
        ),
    ),
    Proposal(
        "N-04",
        "Old Town",
        210_000_000,
        2.3,
        STREETS,
        OLDER,
        ("Step-free way to the market", "시장까지 계단 없는 길"),
        (
            "Lower kerbs, level crossings and handrails on the four streets that lead to the market.",
            "시장으로 이어지는 길 네 곳의 턱을 낮추고 횡단보도를 평평하게 하며 손잡이를 답니다.",
        ),
    ),
    Proposal(
        "N-05",
        "Old Town",
        140_000_000,
        1.9,
        CULTURE,
        YOUNG,
        ("Repair workshop and tool library", "고쳐 쓰는 공방과 공구 도서관"),
        (
            "A room with tools to borrow and people who help to mend bicycles, clothes and toasters.",
            "공구를 빌리고 자전거, 옷, 소형 가전을 함께 고치는 공간을 엽니다.",
        ),
    ),
    Proposal(
        "N-06",
        "Old Town",
        460_000_000,
        1.6,
        CULTURE,
        EVERYBODY,
        ("Old cinema becomes a neighbourhood hall", "옛 극장을 마을 회관으로"),
        (
            "New roof, lifts and a kitchen, so that clubs and families can use the hall all year.",
            "지붕을 고치고 승강기와 주방을 놓아 모임과 가족이 일 년 내내 쓰도록 합니다.",
        ),
    ),
    Proposal(
        "N-07",
        "Hanbit",
        175_000_000,
        2.4,
        SAFETY,
        CHILDREN,
        ("Safe way to school in Hanbit", "한빛동 안전한 통학길"),
        (
            "Raised crossings, better light and a walking-bus stop at each of the three schools.",
            "학교 세 곳 앞에 고원식 횡단보도와 밝은 조명, 함께 걷는 등굣길 모임 장소를 만듭니다.",
        ),
    ),
    Proposal(
        "N-08",
        "Hanbit",
        88_000_000,
        1.4,
        GREEN,
        EVERYBODY,
        ("Community garden on the water tank", "배수지 위 공동 텃밭"),
        (
            "Sixty beds, ten of them at table height, with rainwater tanks and a tool shed.",
            "텃밭 60구획을 만들고 그중 10구획은 높이를 올립니다. 빗물 저금통과 공구 창고도 놓습니다.",
        ),
    ),
    Proposal(
        "N-09",
        "Hanbit",
        290_000_000,
        1.7,
        CARE,
        OLDER,
        ("Day lounge for older people", "어르신 낮 쉼터"),
        (
            "Lunch, exercise and company from Monday to Saturday in the former post office.",
            "옛 우체국에서 월요일부터 토요일까지 점심과 운동, 이야기 나눌 자리를 마련합니다.",
        ),
    ),
    Proposal(
        "N-10",
        "Dongsan",
        52_000_000,
        1.6,
        SAFETY,
        EVERYBODY,
        ("Light for the mountain steps", "동산 계단길 조명"),
        (
            "Low lamps on all 312 steps, switched by movement so that birds are left in peace.",
            "계단 312단에 움직임에 반응하는 낮은 조명을 달아 새들의 밤을 지킵니다.",
        ),
    ),
    Proposal(
        "N-11",
        "Dongsan",
        330_000_000,
        1.5,
        CULTURE,
        YOUNG,
        ("Climbing and skating park", "암벽·스케이트 공원"),
        (
            "A park for skating and climbing under the bridge, planned together with young people.",
            "다리 아래에 청소년과 함께 설계한 스케이트장과 암벽장을 만듭니다.",
        ),
    ),
    Proposal(
        "N-12",
        "Dongsan",
        120_000_000,
        0.35,
        STREETS,
        EVERYBODY,
        ("Second car park at the cemetery", "공원묘지 제2주차장"),
        (
            "Forty more spaces for the two holidays a year on which the first car park is full.",
            "일 년에 두 번 명절에 붐비는 주차장 옆에 40면을 더 만듭니다.",
        ),
    ),
    Proposal(
        "N-13",
        "Saebyeok",
        240_000_000,
        2.0,
        CARE,
        CHILDREN,
        ("Evening childcare at the library", "도서관 저녁 돌봄"),
        (
            "Care, homework help and a warm meal until 9 p.m. for 60 children of shift workers.",
            "교대 근무 가정의 어린이 60명을 밤 9시까지 돌보고 숙제를 돕고 따뜻한 식사를 드립니다.",
        ),
    ),
    Proposal(
        "N-14",
        "Saebyeok",
        64_000_000,
        1.2,
        GREEN,
        CHILDREN,
        ("Water play in Saebyeok Park", "새벽공원 물놀이터"),
        (
            "Fountains without a basin, with clean water, shade and seats for the grown-ups.",
            "깊은 물 없이 깨끗한 물이 솟는 바닥분수와 그늘, 어른들이 앉을 자리를 만듭니다.",
        ),
    ),
    Proposal(
        "N-15",
        "Saebyeok",
        410_000_000,
        1.8,
        STREETS,
        EVERYBODY,
        ("Two on-demand village buses", "부르면 오는 마을버스 두 대"),
        (
            "Two small low-floor buses that come when called, from 6 a.m. to midnight, for two years.",
            "오전 6시부터 자정까지 부르면 오는 저상 마을버스 두 대를 2년 동안 운행합니다.",
        ),
    ),
    Proposal(
        "N-16",
        "Riverside",
        28_000_000,
        0.9,
        GREEN,
        EVERYBODY,
        ("Nest boxes and insect hotels", "새집과 곤충 호텔"),
        (
            "Two hundred nest boxes and twelve insect hotels, built and looked after by schools.",
            "학교들이 만들고 돌보는 새집 200개와 곤충 호텔 12개를 답니다.",
        ),
    ),
)


def ballots(random: Random) -> list[list[str]]:
    """Draw ballots of one to five projects; voters like those of their own district three times."""
    districts = list(DISTRICTS)
    drawn = []
    for _voter in range(BALLOTS):
        home = districts[int(random.random() * len(districts))]
        picks = 1 + int(random.random() * MOST_PICKS)
        drawn.append(_picked(random, home, picks))
    return drawn


def _picked(random: Random, home: str, picks: int) -> list[str]:
    left = {p.number: p.appeal * (3 if p.district == home else 1) for p in PROPOSALS}
    chosen = []
    for _pick in range(picks):
        at = random.random() * sum(left.values())
        for number, appeal in left.items():
            at -= appeal
            if at < 0:
                break
        chosen.append(number)
        del left[number]
    return sorted(chosen)


def election() -> str:
    """Return the whole file."""
    cast = ballots(Random(SEED))  # noqa: S311
    meta = {
        "description": "Participatory budget of Neulbom",
        "country": "Korea",
        "unit": "Neulbom",
        "instance": "2025",
        "num_projects": len(PROPOSALS),
        "num_votes": len(cast),
        "budget": BUDGET,
        "vote_type": "approval",
        "rule": "greedy-threshold",
        "date_begin": "02.09.2024",
        "date_end": "15.09.2024",
        "min_length": 1,
        "max_length": MOST_PICKS,
        "min_project_score_threshold": THRESHOLD,
        "language": "en",
        "currency": "KRW",
        "comment": "A town, an election and voters that do not exist.",
    }
    lines = ["META", "key;value", *(f"{key};{value}" for key, value in meta.items())]
    lines += ["PROJECTS", "project_id;cost;votes;name;category;target;district"]
    for p in PROPOSALS:
        votes = sum(p.number in ballot for ballot in cast)
        texts = (p.title[0], p.category[0], p.target[0], p.district)
        lines.append(f"{p.number};{p.cost};{votes};{';'.join(texts)}")
    lines += ["VOTES", "voter_id;vote"]
    lines += [f"{number};{','.join(ballot)}" for number, ballot in enumerate(cast, start=1)]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    FILE.write_text(election(), encoding="utf-8")
