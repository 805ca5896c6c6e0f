"""A PDF for judges names nobody, and is still the PDF it was."""

from civic_sourcing.challenges.panel.pdf_metadata import without_metadata

DOCUMENT = b"""%PDF-1.4
1 0 obj << /Type /Catalog /Pages 2 0 R /Metadata 5 0 R >> endobj
2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj
3 0 obj << /Type /Page /Parent 2 0 R /Contents 6 0 R >> endobj
4 0 obj << /Author (Ann \\(the\\) Lee) /Title <416E6E> /Creator (Ann (again) ok) >> endobj
5 0 obj << /Type /Metadata /Length 70 /Filter /FlateDecode >> stream
Ann-compressed
endstream endobj
6 0 obj << /Length 20 >> stream
(The plan itself) Tj
endstream endobj
7 0 obj << >> stream
<x:xmpmeta><dc:creator>Ann Lee</dc:creator></x:xmpmeta>
endstream endobj
trailer << /Root 1 0 R /Info 4 0 R /Size 8 >>
startxref
9
%%EOF
"""


def test_authors_are_gone_and_everything_else_is_where_it_was():
    clean = without_metadata(DOCUMENT)

    assert len(clean) == len(DOCUMENT)
    assert b"Ann" not in clean
    assert b"416E6E" not in clean
    assert b"/Info" not in clean
    assert clean.index(b"(The plan itself) Tj") == DOCUMENT.index(b"(The plan itself) Tj")
    assert clean.index(b"7 0 obj") == DOCUMENT.index(b"7 0 obj")
