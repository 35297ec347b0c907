"""Ways into a campaign: links, cards, codes, screens, mails, posters, paper."""
