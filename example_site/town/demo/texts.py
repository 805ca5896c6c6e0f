"""What the town says about itself, in English and Korean."""

from typing import Any


def heading(text: str) -> tuple[str, str]:
    return ("heading", text)


def paragraph(html: str) -> tuple[str, str]:
    return ("paragraph", f"<p>{html}</p>")


def facts(*pairs: tuple[str, str]) -> tuple[str, list[dict[str, str]]]:
    return ("facts", [{"name": name, "value": value} for name, value in pairs])


def notice(text: str) -> tuple[str, str]:
    return ("notice", text)


HOME: dict[str, dict[str, str]] = {
    "en": {
        "title": "Home",
        "headline": "Neulbom is made by the people who live here",
        "lead": "Propose what is missing, support what is good, and decide what the city pays for.",
    },
    "ko": {
        "title": "처음",
        "headline": "늘봄시는 시민이 함께 만듭니다",
        "lead": "필요한 것을 제안하고, 좋은 아이디어에 공감하고, 예산의 쓰임을 직접 정해 주십시오.",
    },
}

SERVICES: dict[str, Any] = {
    "moving": {
        "en": {
            "title": "Moving in or out",
            "lead": "Register your new address within 14 days, online or at City Hall.",
            "body": [
                heading("What you need"),
                (
                    "paragraph",
                    "<ul><li>Identity card or passport</li><li>Rental contract</li></ul>",
                ),
                facts(
                    ("Fee", "none"), ("Time", "about ten minutes"), ("Desk", "1st floor, room 12")
                ),
            ],
        },
        "ko": {
            "title": "전입·전출 신고",
            "lead": "이사한 날부터 14일 이내에 온라인 또는 시청 민원실에서 신고해 주십시오.",
            "body": [
                heading("준비물"),
                ("paragraph", "<ul><li>신분증 또는 여권</li><li>임대차 계약서</li></ul>"),
                facts(("수수료", "없음"), ("소요 시간", "약 10분"), ("창구", "1층 12호")),
            ],
        },
    },
    "waste": {
        "en": {
            "title": "Waste and recycling",
            "lead": "Collection days by district, and where to bring what is too large.",
            "body": [
                facts(
                    ("Riverside", "Monday and Thursday"),
                    ("Old Town", "Tuesday and Friday"),
                    ("Hillside", "Wednesday and Saturday"),
                ),
                paragraph("Please put bags out after 20:00 on the evening before."),
            ],
        },
        "ko": {
            "title": "쓰레기·재활용",
            "lead": "동네별 수거 요일과 대형 폐기물 배출 방법을 안내합니다.",
            "body": [
                facts(
                    ("강변동", "월요일, 목요일"),
                    ("구시가지", "화요일, 금요일"),
                    ("언덕마을", "수요일, 토요일"),
                ),
                paragraph("수거일 전날 저녁 8시 이후에 내놓아 주십시오."),
            ],
        },
    },
    "libraries": {
        "en": {
            "title": "Libraries",
            "lead": "Three libraries, one card, free for everyone who lives in Neulbom.",
            "body": [
                facts(
                    ("Central Library", "Tuesday to Sunday, 9:00–20:00"),
                    ("Riverside Library", "Monday to Saturday, 10:00–18:00"),
                    ("Children's Library", "Tuesday to Sunday, 9:00–17:00"),
                ),
            ],
        },
        "ko": {
            "title": "도서관",
            "lead": "회원증 하나로 세 곳의 시립도서관을 무료로 이용하실 수 있습니다.",
            "body": [
                facts(
                    ("중앙도서관", "화~일요일 09:00~20:00"),
                    ("강변도서관", "월~토요일 10:00~18:00"),
                    ("어린이도서관", "화~일요일 09:00~17:00"),
                ),
            ],
        },
    },
}

PAGES: dict[str, Any] = {
    "services": {
        "menu": True,
        "en": {"title": "Services", "lead": "What people ask City Hall for most often."},
        "ko": {"title": "민원 안내", "lead": "시민들이 가장 자주 찾는 민원을 모았습니다."},
        "children": SERVICES,
    },
    "contact": {
        "menu": True,
        "en": {
            "title": "Contact",
            "lead": "Ring, write or come by. Somebody will answer you within three working days.",
            "body": [
                heading("City Hall"),
                facts(
                    ("Address", "12 Haenari Street, Neulbom"),
                    ("Telephone", "000-000-1234"),
                    ("E-mail", "hello@neulbom.example"),
                ),
                heading("Office hours"),
                facts(
                    ("Monday to Wednesday, Friday", "9:00–18:00"),
                    ("Thursday", "9:00–20:00"),
                    ("Saturday, Sunday, public holidays", "closed"),
                ),
                heading("Taking part without a computer"),
                paragraph(
                    "At the desk for participation on the ground floor we enter your idea with "
                    "you, and you can vote on paper. The entrance in Haenari Street has no steps."
                ),
            ],
        },
        "ko": {
            "title": "찾아오시는 길·연락처",
            "lead": "전화, 전자우편, 방문 모두 가능합니다. 근무일 기준 3일 이내에 답변드립니다.",
            "body": [
                heading("시청"),
                facts(
                    ("주소", "늘봄시 해나리길 12"),
                    ("전화", "000-000-1234"),
                    ("전자우편", "hello@neulbom.example"),
                ),
                heading("운영 시간"),
                facts(
                    ("월~수요일, 금요일", "09:00~18:00"),
                    ("목요일", "09:00~20:00"),
                    ("토·일요일, 공휴일", "휴무"),
                ),
                heading("컴퓨터 없이 참여하기"),
                paragraph(
                    "시청 1층 시민참여 창구에서 담당자가 아이디어 등록을 도와드리며, 종이 투표도 "
                    "하실 수 있습니다. 해나리길 쪽 출입구에는 계단이 없습니다."
                ),
            ],
        },
    },
    "accessibility": {
        "en": {
            "title": "Accessibility statement",
            "lead": "This site should work for everybody. Tell us where it does not.",
            "body": [
                paragraph(
                    "We aim at WCAG 2.2, level AA. Every page can be used with the keyboard alone, "
                    "with a screen reader, enlarged to 400 per cent and without JavaScript."
                ),
                heading("What does not work yet"),
                paragraph("We know of no barriers at the moment."),
                heading("Tell us"),
                paragraph(
                    "Write to hello@neulbom.example or ring 000-000-1234. You get an answer "
                    "within three working days, and what you asked for in a form you can use."
                ),
            ],
        },
        "ko": {
            "title": "웹 접근성 안내",
            "lead": "누구나 불편 없이 이용하실 수 있어야 합니다. 불편한 점을 알려 주십시오.",
            "body": [
                paragraph(
                    "이 누리집은 WCAG 2.2 AA 수준을 목표로 합니다. 모든 화면은 키보드만으로, 화면 "
                    "낭독기로, 400% 확대 상태에서, 자바스크립트 없이도 이용하실 수 있습니다."
                ),
                heading("아직 해결하지 못한 점"),
                paragraph("현재까지 확인된 문제는 없습니다."),
                heading("불편 신고"),
                paragraph(
                    "hello@neulbom.example 또는 000-000-1234로 알려 주십시오. 근무일 기준 3일 "
                    "이내에 답변드리고, 필요하신 내용을 이용 가능한 형태로 보내 드립니다."
                ),
            ],
        },
    },
    "privacy": {
        "en": {
            "title": "Privacy",
            "lead": "What we keep about you, why, and for how long.",
            "body": [
                facts(
                    ("Account", "name and e-mail address, until you delete it"),
                    ("Ideas and support", "public with the name you chose"),
                    ("Votes", "kept apart from your name; nobody can connect the two"),
                ),
                paragraph(
                    "We use one cookie to keep you signed in, and no services of others. Texts you "
                    "have begun and not sent stay in your own browser."
                ),
                notice("Neulbom is a fictional city. Please enter no personal data in this demo."),
            ],
        },
        "ko": {
            "title": "개인정보 처리방침",
            "lead": "어떤 정보를, 왜, 얼마 동안 보관하는지 알려 드립니다.",
            "body": [
                facts(
                    ("계정", "이름과 전자우편 주소, 탈퇴하실 때까지"),
                    ("아이디어와 공감", "선택하신 이름으로 공개"),
                    ("투표", "이름과 분리하여 보관하며, 누구도 둘을 연결할 수 없음"),
                ),
                paragraph(
                    "로그인 유지를 위한 쿠키 하나만 사용하며 외부 서비스는 이용하지 않습니다. "
                    "작성 중인 글은 사용하시는 브라우저에만 보관됩니다."
                ),
                notice(
                    "늘봄시는 가상의 도시입니다. 이 시연 누리집에 개인정보를 입력하지 마십시오."
                ),
            ],
        },
    },
}

LEGAL: dict[str, dict[str, dict[str, str]]] = {
    "terms": {
        "en": {
            "title": "Terms of participation",
            "body": (
                "<h2>Your text stays yours</h2>"
                "<p>All rights to what you hand in stay with you. The licence you choose with it "
                "says what others may do. Whatever becomes of your idea, you stay named.</p>"
                "<h2>What the city does</h2>"
                "<p>Each call says beforehand whether its result advises the council or binds it. "
                "Every idea gets an answer. What is taken down is taken down with reasons, and you "
                "can appeal.</p>"
                "<h2>What we ask of you</h2>"
                "<p>Hand in only what is your own, or say whose it is. Say so if you work for the "
                "city or would earn by your idea. One person, one account.</p>"
            ),
        },
        "ko": {
            "title": "참여 약관",
            "body": (
                "<h2>제안의 권리는 제안자에게 있습니다</h2>"
                "<p>제출하신 글의 모든 권리는 제안자에게 남습니다. 함께 선택하신 이용 허락에 따라 "
                "다른 사람이 이용할 수 있는 범위가 정해집니다. 아이디어가 어떻게 발전하더라도 "
                "제안자의 이름은 계속 표시됩니다.</p>"
                "<h2>시가 하는 일</h2>"
                "<p>각 참여 과정은 그 결과가 시의회에 권고가 되는지 구속력을 갖는지 미리 밝힙니다. "
                "모든 아이디어에 답변을 드립니다. 글을 내릴 때에는 이유를 알려 드리며, 이의를 "
                "신청하실 수 있습니다.</p>"
                "<h2>참여자께 부탁드리는 일</h2>"
                "<p>본인의 글만 제출하시고, 다른 사람의 것이라면 누구의 것인지 밝혀 주십시오. "
                "시에서 일하시거나 제안으로 이익을 얻게 되신다면 알려 주십시오. 계정은 한 "
                "사람이 하나만 이용하실 수 있습니다.</p>"
            ),
        },
    },
    "privacy": {
        "en": {
            "title": "Privacy notice",
            "body": (
                "<p>The City of Neulbom keeps your account (name, e-mail address) until you delete "
                "it, and shows the public name you choose with what you write. Votes are kept "
                "apart from names; nobody can connect the two.</p>"
                "<p>We ask whether you are at least 14, and not for your date of birth. For "
                "younger people a guardian's address is kept until the guardian has answered, 14 "
                "days at most.</p>"
                "<p>On your own page you can download everything we hold about you, and delete "
                "your account. Your texts stay or go, as you choose. Questions: "
                "privacy@neulbom.example.</p>"
            ),
        },
        "ko": {
            "title": "개인정보 처리 안내",
            "body": (
                "<p>늘봄시는 계정 정보(이름, 전자우편 주소)를 탈퇴하실 때까지 보관하며, 작성하신 "
                "글에는 직접 정하신 공개 이름을 표시합니다. 투표는 이름과 분리하여 보관하므로 "
                "누구도 둘을 연결할 수 없습니다.</p>"
                "<p>만 14세 이상인지 여부만 여쭙고 생년월일은 받지 않습니다. 만 14세 미만 참여자의 "
                "경우 보호자의 연락처를 답변이 올 때까지, 길어도 14일 동안만 보관합니다.</p>"
                "<p>‘내 페이지’에서 본인에 관한 모든 정보를 내려받거나 계정을 삭제하실 수 "
                "있습니다. 작성하신 글을 남길지 지울지도 선택하실 수 있습니다. 문의: "
                "privacy@neulbom.example</p>"
            ),
        },
    },
    "code_of_conduct": {
        "en": {
            "title": "Code of conduct",
            "body": (
                "<ul><li>Argue about the matter, not about the person.</li>"
                "<li>Write what you know, and say where you know it from.</li>"
                "<li>Leave out what is private, yours and other people's.</li>"
                "<li>Name those whose ideas you build on.</li>"
                "<li>No advertising, no threats, no hate.</li></ul>"
                "<p>Moderators act on reports, give reasons and can be appealed against.</p>"
            ),
        },
        "ko": {
            "title": "시민 참여 수칙",
            "body": (
                "<ul><li>사람이 아니라 주제에 대해 이야기합니다.</li>"
                "<li>아는 것을 쓰고, 어디에서 알게 되었는지 밝힙니다.</li>"
                "<li>자신과 다른 사람의 사생활은 쓰지 않습니다.</li>"
                "<li>다른 사람의 아이디어를 바탕으로 했다면 그 이름을 밝힙니다.</li>"
                "<li>광고, 위협, 혐오 표현은 하지 않습니다.</li></ul>"
                "<p>운영자는 신고를 검토하고 이유를 밝혀 조치하며, 참여자는 이의를 신청하실 수 "
                "있습니다.</p>"
            ),
        },
    },
}

FORUM_2025: dict[str, dict[str, Any]] = {
    "en": {
        "title": "Ideas for the 2025 budget",
        "introduction": (
            "In spring 2024 everybody could propose what the participatory budget should pay for. "
            "What could be built became a project of the vote."
        ),
    },
    "ko": {
        "title": "2025년 참여예산 아이디어",
        "introduction": (
            "2024년 봄, 참여예산으로 무엇을 할지 누구나 제안할 수 있었습니다. 실현할 수 있는 "
            "아이디어는 투표에 부치는 사업이 되었습니다."
        ),
    },
}

IDEAS_2025: list[dict[str, Any]] = [
    {
        "author": "haneul",
        "title": "A path in the shade between the two bridges",
        "description": (
            "Between the two bridges there is no tree. Plant willows on the south side of the "
            "river path, and give it a surface that wheelchairs and prams can use."
        ),
        "tags": ["river", "trees"],
        "supporters": ["grace", "neighbour", "lena", "seoyeon"],
    },
    {
        "author": "grace",
        "title": "A kiosk run by the neighbourhood",
        "description": (
            "The kiosk at Saebyeok Park has been empty for years. Let a different club run it "
            "every month, and keep the rent low."
        ),
        "tags": ["park", "neighbours"],
        "supporters": ["citizen", "tomas"],
    },
]
