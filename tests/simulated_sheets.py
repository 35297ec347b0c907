"""Honest and made-up sheets: what the rules of quality are tried on, not made from.

`honest` people follow a graded-response model (Samejima 1969): a trait for each scale around a
general one, items of different discrimination and difficulty, people who agree more readily or
choose ends more readily than others, a lapse now and then, and a few skipped items.
`honest_by_tree` people decide in steps (Böckenholt 2012): whether to stay in the middle, for or
against, how strongly.
"""

import numpy as np

from scales import Keying, Questionnaire, read_questionnaire

LAPSE = 0.01
SKIP = 0.01


def a_long_questionnaire(scale_count: int = 5, items_each: int = 6) -> Questionnaire:
    """Return scales of six items, half of them reverse, as file order has them: mixed."""
    lines = ['id = "long"', "version = 1", 'title = { zh-Hans = "长问卷", en = "Long" }']
    lines += ["[formats.AG5]", 'labels.zh-Hans = ["一", "二", "三", "四", "五"]']
    lines += ['labels.en = ["one", "two", "three", "four", "five"]', "dont_know = true"]
    for scale in range(scale_count):
        lines += [
            "[[scales]]",
            f'id = "s{scale}"',
            f'title = {{ zh-Hans = "{scale}", en = "{scale}" }}',
        ]
    for place in range(scale_count * items_each):
        key = "-" if (place // scale_count + place % scale_count) % 2 else "+"
        lines += ["[[items]]", f'id = "L{place:02}"', f'scale = "s{place % scale_count}"']
        lines += ['format = "AG5"', f'keyed = "{key}"']
        lines += [f'text = {{ zh-Hans = "题{place}", en = "Item {place}" }}']
    return read_questionnaire("\n".join(lines).encode())


def honest(
    count: int, questionnaire: Questionnaire, rng: np.random.Generator, content: float = 0.5
) -> np.ndarray:
    """Return raw points of people who read, ``(count, scaled items)``, NaN where skipped.

    The more `content` they are, the more answers stand at the favourable end.
    """
    scale_of, is_reverse, points = _layout(questionnaire)
    general = rng.normal(0, 1, (count, 1))
    traits = np.sqrt(0.5) * general + np.sqrt(0.5) * rng.normal(
        0, 1, (count, len(questionnaire.scales))
    )
    agrees = rng.normal(0, 0.3, (count, 1))
    ends = np.exp(rng.normal(0, 0.2, (count, 1)))
    slopes = rng.uniform(1.3, 2.8, len(scale_of))
    easiness = rng.normal(content, 0.5, len(scale_of))
    steps = np.sort(rng.normal(0, 0.15, (len(scale_of), points - 1)), axis=1) + _steps(points)
    sign = np.where(is_reverse, -1.0, 1.0)
    leaning = sign * (traits[:, scale_of] + easiness) + agrees
    answers = _graded(leaning, slopes, steps, ends, rng)
    is_lapse = rng.random(answers.shape) < LAPSE
    answers = np.where(is_lapse, rng.integers(1, points + 1, answers.shape), answers)
    return np.where(rng.random(answers.shape) < SKIP, np.nan, answers)


def honest_by_tree(
    count: int, questionnaire: Questionnaire, rng: np.random.Generator
) -> np.ndarray:
    """Return raw points of people who decide in steps; for formats of five points."""
    scale_of, is_reverse, _ = _layout(questionnaire)
    general = rng.normal(0, 1, (count, 1))
    traits = 0.6 * general + 0.8 * rng.normal(0, 1, (count, len(questionnaire.scales)))
    easiness = rng.normal(0.4, 0.6, len(scale_of))
    leaning = traits[:, scale_of] + easiness
    middles, ends = rng.normal(-1.4, 0.9, (count, 1)), rng.normal(-0.6, 1.0, (count, 1))
    is_middle = _happens(middles - 0.8 * np.abs(leaning) + 0.6, rng)
    is_for = _happens(2.4 * leaning, rng)
    is_strong = _happens(ends + 0.9 * np.abs(leaning) - 0.3, rng)
    side = np.where(is_for, 1, -1) * np.where(is_strong, 2, 1) * ~is_middle
    answers = 3.0 + np.where(is_reverse, -side, side)
    is_lapse = rng.random(answers.shape) < LAPSE
    answers = np.where(is_lapse, rng.integers(1, 6, answers.shape), answers)
    return np.where(rng.random(answers.shape) < SKIP, np.nan, answers)


def straight_lined(
    count: int, questionnaire: Questionnaire, rng: np.random.Generator
) -> np.ndarray:
    """Return sheets of one point throughout, with a slip to another point in 3 of 100 answers."""
    scale_of, _, points = _layout(questionnaire)
    chosen = rng.integers(1, points + 1, (count, 1)) * np.ones((1, len(scale_of)))
    is_slip = rng.random(chosen.shape) < 0.03
    return np.where(is_slip, rng.integers(1, points + 1, chosen.shape), chosen).astype(np.float64)


def random_ticks(count: int, questionnaire: Questionnaire, rng: np.random.Generator) -> np.ndarray:
    """Return sheets of uniformly drawn points."""
    scale_of, _, points = _layout(questionnaire)
    return rng.integers(1, points + 1, (count, len(scale_of))).astype(np.float64)


def patterned(count: int, questionnaire: Questionnaire, rng: np.random.Generator) -> np.ndarray:
    """Return sheets of two points in turn, or of a staircase up and down."""
    scale_of, _, points = _layout(questionnaire)
    places = np.arange(len(scale_of))
    stairs = np.concatenate([np.arange(1, points), np.arange(points, 1, -1)])
    sheets = np.empty((count, len(scale_of)))
    for row in range(count):
        if rng.random() < 0.5:
            pair = rng.choice(np.arange(1, points + 1), 2, replace=False)
            sheets[row] = pair[places % 2]
        else:
            sheets[row] = stairs[(places + rng.integers(len(stairs))) % len(stairs)]
    return sheets


def trait_bot(count: int, questionnaire: Questionnaire, rng: np.random.Generator) -> np.ndarray:
    """Return sheets of a bot that knows the keys: one favourable trait, items all alike."""
    scale_of, is_reverse, points = _layout(questionnaire)
    trait = rng.normal(1.0, 0.7, (count, 1))
    leaning = np.where(is_reverse, -trait, trait) * np.ones((1, len(scale_of)))
    slopes = np.full(len(scale_of), 2.0)
    steps = np.tile(_steps(points), (len(scale_of), 1))
    return _graded(leaning, slopes, steps, np.ones((count, 1)), rng)


def keyless_bot(count: int, questionnaire: Questionnaire, rng: np.random.Generator) -> np.ndarray:
    """Return sheets of a bot that does not read: one trait, and no item is reverse."""
    scale_of, _, points = _layout(questionnaire)
    leaning = rng.normal(0.5, 1.0, (count, 1)) * np.ones((1, len(scale_of)))
    slopes = np.full(len(scale_of), 2.0)
    steps = np.tile(_steps(points), (len(scale_of), 1))
    return _graded(leaning, slopes, steps, np.ones((count, 1)), rng)


KINDS = {
    "straight": straight_lined,
    "random": random_ticks,
    "pattern": patterned,
    "bot": trait_bot,
    "keyless bot": keyless_bot,
}


def _happens(logits: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    return rng.random(logits.shape) < 1 / (1 + np.exp(-logits))


def _steps(points: int) -> np.ndarray:
    return np.linspace(-1.6, 1.6, points - 1)


def _graded(
    leaning: np.ndarray,
    slopes: np.ndarray,
    steps: np.ndarray,
    ends: np.ndarray,
    rng: np.random.Generator,
) -> np.ndarray:
    """Draw from P(x > c) = logistic(slope · (ends · leaning − step))."""
    logits = slopes * ends * leaning
    above = 1 / (1 + np.exp(-(logits[:, :, None] - slopes[:, None] * steps)))
    return 1.0 + (rng.random(leaning.shape)[:, :, None] < above).sum(axis=2)


def _layout(questionnaire: Questionnaire) -> tuple[np.ndarray, np.ndarray, int]:
    """Return the scale and the key of each scaled item, in file order, and the points."""
    found = {
        item.id: (place, item.keying is Keying.REVERSE)
        for place, scale in enumerate(questionnaire.scales)
        for item in scale.items
    }
    kept = [found[item.id] for item in questionnaire.packed_items if item.id in found]
    scale_of, is_reverse = zip(*kept, strict=True)
    return np.array(scale_of), np.array(is_reverse), questionnaire.scales[0].format.points
