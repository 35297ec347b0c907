"""A questionnaire file with nothing wrong, and the changes that make each thing wrong."""

from scales import check_questionnaire

FILE = '''id = "counter"
version = 2
title = { zh-Hans = "窗口服务", en = "At the counter" }
opening = { zh-Hans = "请评价。", en = "Please rate." }

[formats.F]
labels.zh-Hans = ["差", "一般", "好"]
labels.en = ["Bad", "So so", "Good"]
percent = [0, 50, 100]
dont_know = true

[formats.G]
labels = { zh-Hans = ["否", "是"], en = ["No", "Yes"] }

[[scales]]
id = "care"
title = { zh-Hans = "用心", en = "Care" }
min_answered = "2/3"

[[items]]
id = "C1"
scale = "care"
format = "F"
keyed = "+"
text = { zh-Hans = "甲", en = "A" }

[[items]]
id = "C2"
scale = "care"
format = "F"
keyed = "-"
text = { zh-Hans = "乙", en = """
[[items]]
a text that looks like a header""" }

[[items]]
id = "C3"
scales = ["care"]
format = "F"
text = { zh-Hans = "丙", en = "C" }

[[items]]
id = "P1"
kind = "choice"
options = [
    { id = "yes", text = { zh-Hans = "有", en = "Yes" } },
    { id = "no", text = { zh-Hans = "没有", en = "No" } },
]
ends = ["no"]
text = { zh-Hans = "丁", en = "D" }

[[items]]
id = "T1"
kind = "text"
max_length = 80
first_after_low = ["C1"]
text = { zh-Hans = "戊", en = "E" }
'''
LINES = {"F": 6, "G": 12, "care": 15, "C1": 20, "C2": 27, "C3": 36, "P1": 42, "T1": 52}


def found(content, against=None):
    """Return each problem as (code, table.key, line)."""
    if isinstance(content, str):
        content = content.encode()
    problems = check_questionnaire(content, against)
    return [(p.code, ".".join(filter(None, (p.table, p.key))), p.line) for p in problems]


def changed(old, new):
    """Return the file with one place changed."""
    assert FILE.count(old) == 1, f"{old!r} stands {FILE.count(old)} times"
    return FILE.replace(old, new)


# what stands in the file, what to write instead, and the problem that makes: code, place, line
WRONG = [
    # the file
    ('id = "counter"\n', "", "missing_key", "id", None),
    ('id = "counter"', "id = 7", "not_text", "id", None),
    ('id = "counter"', 'id = "窗口"', "bad_id", "id", None),
    ('id = "counter"', 'id = "a b"', "bad_id", "id", None),
    ('id = "counter"', f'id = "{"a" * 65}"', "bad_id", "id", None),
    ("version = 2\n", "", "missing_key", "version", None),
    ("version = 2", "version = 0", "not_a_whole_number", "version", None),
    ("version = 2", "version = true", "not_a_whole_number", "version", None),
    ("version = 2", "version = 2.0", "not_a_whole_number", "version", None),
    ("version = 2", 'version = "2"', "not_a_whole_number", "version", None),
    ("version = 2", f"version = 0x{'f' * 9000}", "not_a_whole_number", "version", None),
    ("version = 2", "version = 2\nversoin = 3", "unknown_key_similar", "versoin", None),
    ("version = 2", "version = 2\nxyz = 3", "unknown_key", "xyz", None),
    ('title = { zh-Hans = "窗口服务", en = "At the counter" }\n', "", "missing_key", "title", None),
    # texts
    (', en = "Please rate." }', " }", "missing_language", "opening.en", None),
    ('en = "Please rate."', 'en = " "', "empty_text", "opening.en", None),
    ('en = "Please rate."', "en = 3", "not_text", "opening.en", None),
    ('en = "Please rate."', 'en = "a\\u0000b"', "control_character", "opening.en", None),
    ('en = "Please rate." }', 'en = "x", fr = "y" }', "language_not_in_title", "opening.fr", None),
    ('{ zh-Hans = "请评价。", en = "Please rate." }', '"x"', "not_by_language", "opening", None),
    ('{ zh-Hans = "请评价。", en = "Please rate." }', "{ }", "missing_language", "opening", None),
    # formats
    ("dont_know = true", 'dont_know = "yes"', "not_true_or_false", "formats.F.dont_know", "F"),
    ("dont_know = true", "dont_now = true", "unknown_key_similar", "formats.F.dont_now", "F"),
    ("dont_know = true", "points = 4", "labels_not_points", "formats.F.labels", "F"),
    ("dont_know = true", "points = 1", "not_a_whole_number", "formats.F.points", "F"),
    ("dont_know = true", "points = 251", "not_a_whole_number", "formats.F.points", "F"),
    ("dont_know = true", "lowest = 0.5", "not_a_whole_number", "formats.F.lowest", "F"),
    ("dont_know = true", "fractional = 1", "not_true_or_false", "formats.F.fractional", "F"),
    ('"So so", ', "", "labels_differ", "formats.F.labels", "F"),
    ('"So so", ', '"", ', "empty_text", "formats.F.labels.en", "F"),
    ('"So so", ', "3, ", "not_text", "formats.F.labels.en", "F"),
    ('labels.en = ["Bad", "So so", "Good"]\n', "", "missing_language", "formats.F.labels.en", "F"),
    ('["Bad", "So so", "Good"]', '"Bad"', "not_a_list", "formats.F.labels.en", "F"),
    ("percent = [0, 50, 100]", "percent = [0, 100]", "percent_length", "formats.F.percent", "F"),
    ("[0, 50, 100]", "[0, 50, 101]", "percent_off_range", "formats.F.percent", "F"),
    ("[0, 50, 100]", "[nan, 50, 100]", "percent_off_range", "formats.F.percent", "F"),
    ("[0, 50, 100]", "[false, 50, true]", "percent_off_range", "formats.F.percent", "F"),
    ("[0, 50, 100]", "50", "not_a_list", "formats.F.percent", "F"),
    ("[0, 50, 100]", "[]", "empty_list", "formats.F.percent", "F"),
    (
        '{ zh-Hans = ["否", "是"], en = ["No", "Yes"] }',
        "1",
        "not_by_language",
        "formats.G.labels",
        "G",
    ),
    (
        '{ zh-Hans = ["否", "是"], en = ["No", "Yes"] }',
        '{ zh-Hans = ["是"], en = ["Yes"] }',
        "label_count",
        "formats.G.labels",
        "G",
    ),
    (
        'labels = { zh-Hans = ["否", "是"], en = ["No", "Yes"] }',
        "",
        "missing_key",
        "formats.G.labels",
        "G",
    ),
    ("[formats.G]", '[formats."格式"]', "bad_id", "formats.格式", "G"),
    # scales
    ('id = "care"', 'id = "care" \nunit = 1', "unknown_key", "scales.care.unit", "care"),
    ('title = { zh-Hans = "用心", en = "Care" }\n', "", "missing_key", "scales.care.title", "care"),
    (
        'min_answered = "2/3"',
        'min_answered = "0/3"',
        "bad_share",
        "scales.care.min_answered",
        "care",
    ),
    (
        'min_answered = "2/3"',
        'min_answered = "2/0"',
        "bad_share",
        "scales.care.min_answered",
        "care",
    ),
    (
        'min_answered = "2/3"',
        'min_answered = "4/3"',
        "bad_share",
        "scales.care.min_answered",
        "care",
    ),
    (
        'min_answered = "2/3"',
        'min_answered = "most"',
        "bad_share",
        "scales.care.min_answered",
        "care",
    ),
    ('min_answered = "2/3"', "min_answered = inf", "bad_share", "scales.care.min_answered", "care"),
    ('min_answered = "2/3"', "min_answered = 0", "bad_share", "scales.care.min_answered", "care"),
    (
        'min_answered = "2/3"',
        "min_answered = true",
        "bad_share",
        "scales.care.min_answered",
        "care",
    ),
    ('min_answered = "2/3"', "min_answered = []", "bad_share", "scales.care.min_answered", "care"),
    (
        "[[scales]]\n",
        '[[scales]]\nid = "new"\ntitle = { zh-Hans = "新", en = "N" }\n[[scales]]\n',
        "scale_without_items",
        "scales.new.id",
        "care",
    ),
    (
        "[[scales]]\n",
        '[[scales]]\nid = "care"\ntitle = { zh-Hans = "新", en = "N" }\n[[scales]]\n',
        "duplicate_id",
        "scales.care.id",
        18,
    ),
    # items
    ('id = "C3"\n', "", "missing_key", "items[3].id", "C3"),
    ('id = "C3"', 'id = "C1"', "duplicate_id", "items.C1.id", "C3"),
    ('id = "C3"', 'id = "C 3"', "bad_id", "items[3].id", "C3"),
    ('id = "C3"', 'id = "seconds"', "reserved_id", "items.seconds.id", "C3"),
    ('id = "C3"', 'id = "C3"\nrequired = 1', "not_true_or_false", "items.C3.required", "C3"),
    ('id = "C3"', 'id = "C3"\nevidence = 1', "not_true_or_false", "items.C3.evidence", "C3"),
    ('id = "C3"', 'id = "C3"\nrequird = true', "unknown_key_similar", "items.C3.requird", "C3"),
    ('id = "C3"', 'id = "C3"\nkind = "likert"', "unknown_kind", "items.C3.kind", "C3"),
    ('id = "C3"', 'id = "C3"\nkind = 5', "not_text", "items.C3.kind", "C3"),
    ('id = "C3"', 'id = "C3"\nkeyed = "−"', "bad_keyed", "items.C3.keyed", "C3"),
    ('id = "C3"', 'id = "C3"\nkeyed = []', "bad_keyed", "items.C3.keyed", "C3"),
    ('id = "C3"', 'id = "C3"\noptions = []', "key_of_another_kind", "items.C3.options", "C3"),
    ('scales = ["care"]', 'scales = ["car"]', "unknown_scale", "items.C3.scales", "C3"),
    ('scales = ["care"]', 'scales = ["care", "care"]', "named_twice", "items.C3.scales", "C3"),
    ('scales = ["care"]', 'scales = ["care", 1]', "not_text", "items.C3.scales", "C3"),
    ('scales = ["care"]', "scales = []", "empty_list", "items.C3.scales", "C3"),
    ('scales = ["care"]', "scales = {}", "empty_list", "items.C3.scales", "C3"),
    ('scales = ["care"]', 'scales = "care"', "not_a_list", "items.C3.scales", "C3"),
    ('scales = ["care"]', 'scale = "car"', "unknown_scale", "items.C3.scale", "C3"),
    ('scales = ["care"]', "scale = 3", "not_text", "items.C3.scale", "C3"),
    (
        'scales = ["care"]',
        'scale = "care"\nscales = ["care"]',
        "scale_and_scales",
        "items.C3.scales",
        "C3",
    ),
    ('scales = ["care"]', 'scales = { care = "x" }', "bad_keyed", "items.C3.scales.care", "C3"),
    ('scales = ["care"]', 'scales = { car = "+" }', "unknown_scale", "items.C3.scales", "C3"),
    (
        'scales = ["care"]',
        'scales = { care = "+" }\nkeyed = "+"',
        "keyed_twice",
        "items.C3.keyed",
        "C3",
    ),
    (
        'scales = ["care"]\nformat = "F"',
        'scales = ["care"]\nformat = "H"',
        "unknown_format",
        "items.C3.format",
        "C3",
    ),
    (
        'scales = ["care"]\nformat = "F"',
        'scales = ["care"]\nformat = "G"',
        "mixed_formats",
        "items.C3.format",
        "C3",
    ),
    (
        'scales = ["care"]\nformat = "F"',
        'scales = ["care"]',
        "missing_key",
        "items.C3.format",
        "C3",
    ),
    (', en = "C" }', " }", "missing_language", "items.C3.text.en", "C3"),
    ('text = { zh-Hans = "丙", en = "C" }\n', "", "missing_key", "items.C3.text", "C3"),
    # choices
    ('ends = ["no"]', 'ends = ["never"]', "unknown_option", "items.P1.ends", "P1"),
    ('ends = ["no"]', 'ends = ["yes", "no"]', "every_option_ends", "items.P1.ends", "P1"),
    ('ends = ["no"]', 'ends = "no"', "not_a_list", "items.P1.ends", "P1"),
    ('{ id = "no", text', '{ id = "yes", text', "duplicate_option", "items.P1.options[2].id", "P1"),
    ('{ id = "no", text', "{ text", "missing_key", "items.P1.options[2].id", "P1"),
    (
        '{ id = "no", text',
        '{ id = "no", note = 1, text',
        "unknown_key",
        "items.P1.options[2].note",
        "P1",
    ),
    ('en = "No" }', 'de = "Nein" }', "missing_language", "items.P1.options[2].text.en", "P1"),
    (
        '{ id = "no", text = { zh-Hans = "没有", en = "No" } },',
        '"no"',
        "not_a_table",
        "items.P1.options[2]",
        "P1",
    ),
    (
        'kind = "choice"\noptions = [',
        'kind = "choice"\nscale = "care"\noptions = [',
        "key_of_another_kind",
        "items.P1.scale",
        "P1",
    ),
    # open texts
    ("max_length = 80", "max_length = 0", "not_a_whole_number", "items.T1.max_length", "T1"),
    (
        'first_after_low = ["C1"]',
        'first_after_low = ["C9"]',
        "unknown_item",
        "items.T1.first_after_low",
        "T1",
    ),
    (
        'first_after_low = ["C1"]',
        'first_after_low = ["P1"]',
        "not_a_scaled_item",
        "items.T1.first_after_low",
        "T1",
    ),
    (
        'first_after_low = ["C1"]',
        "first_after_low = [[]]",
        "not_text",
        "items.T1.first_after_low",
        "T1",
    ),
]
