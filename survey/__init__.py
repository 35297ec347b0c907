"""The service without its screens.

Who is asked, what is stored, what is reported. Rules decide, verbs do, storage remembers.
Figures leave through `survey.results` only.
"""
