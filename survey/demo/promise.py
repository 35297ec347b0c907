"""What the demo's first pages say: who asks, on what ground, whom to ask, and how long."""

from datetime import timedelta

from survey.rules.sheets.serving import LOCAL_TIME
from survey.storage.tables import Campaign

_KEPT_FOR = timedelta(days=365)


def make_promise(campaign: Campaign) -> Campaign:
    """Fill in what stands on the first page before any answer."""
    campaign.asked_by = "示范市机构编制评估办公室（演示）"
    campaign.legal_basis = "《示范市机构编制使用效益评估办法》（演示，并无此文件）"
    campaign.contact = "评估办公室（演示），工作日 9:00–17:00"
    campaign.kept_until = (campaign.closes_at + _KEPT_FOR).astimezone(LOCAL_TIME).date()
    return campaign
