"""The whole site on one page: ``urlpatterns`` at the end, and first what lies under its long names.

``own_…`` is what staff do with one thing; ``association_…`` is what everybody reads of one.
"""

from django.contrib import admin
from django.urls import include, path, register_converter

from associations import list_views as association_lists
from associations import views as associations
from associations.joining import account_views as accounts
from associations.joining import association_views as new_association
from budgets.editor import editor_views as budget_editor
from budgets.editor import shape_views as budget_shape
from budgets.editor import start_views as budget_start
from budgets.history import history_views as budget_past
from budgets.intake import import_views as budget_import
from budgets.offers import contribution_views as contributions
from budgets.public import comparison_views as budget_comparison
from budgets.public import downloads as budget_files
from budgets.public import views as budgets
from budgets.states import state_views as budget_states
from finsam import card_pdf, component_page, meeting_pdf, plan_adopting, plan_pdf
from finsam import views as roof
from finsam.admin import no_short_cut
from finsam.search import views as search
from finsam.work import removing
from finsam.work import views as staff
from interventions import card_views as intervention_cards
from interventions import list_views as intervention_lists
from interventions import report_views as intervention_reports
from interventions import result_views as intervention_results
from interventions import staff_views as intervention_staff
from interventions import start_views as intervention_start
from interventions import views as interventions
from interventions.effects import views as effects
from interventions.intake import import_views as results_import
from interventions.intake import undo_views as results_undo
from meetings import list_views as meeting_lists
from meetings import views as meetings
from plans import chapter_views as plan_chapters
from plans import checking as plan_checking
from plans import editing as plan_editor
from plans import proposing_views as plan_proposing
from plans import rolling_views as plan_rolling
from plans import starting as plan_starting
from plans import views as plans
from plans.kinds import KindConverter

register_converter(KindConverter, "plankind")

own_results = [
    path("las-in/", results_import.results_import, name="results_import"),
    path("las-in/spara/", results_import.results_import_do, name="results_import_do"),
    path("las-in/<int:key>/ta-bort/", results_undo.results_import_undo, name="results_import_undo"),
    path("mall.<str:form>", intervention_results.results_template, name="results_template"),
]

own_contributions = [
    path("", contributions.contributions, name="contributions"),
    path("medlemssamrad/", contributions.contributions_meeting, name="contributions_meeting"),
    path("skriv/", contributions.contributions_write, name="contributions_write"),
]

own_budget = [
    path("", budget_editor.budget_edit, name="budget_edit"),
    path("cell/", budget_editor.budget_cell, name="budget_cell"),
    path("sedan/<int:version>/", budget_editor.budget_since, name="budget_since"),
    path("angra/", budget_editor.budget_undo, name="budget_undo"),
    path("gor-om/", budget_editor.budget_redo, name="budget_redo"),
    path("revidera/", budget_editor.budget_revise, name="budget_revise"),
    path("rad/ny/", budget_shape.budget_line_new, name="budget_line_new"),
    path("rad/<int:key>/", budget_shape.budget_line, name="budget_line"),
    path("rad/<int:key>/ta-bort/", budget_shape.budget_line_remove, name="budget_line_remove"),
    path("kolumn/ny/", budget_shape.budget_column_new, name="budget_column_new"),
    path("kolumn/<int:key>/", budget_shape.budget_column, name="budget_column"),
    path(
        "kolumn/<int:key>/ta-bort/",
        budget_shape.budget_column_remove,
        name="budget_column_remove",
    ),
    path("kommentar/", budget_shape.budget_comment, name="budget_comment"),
    path("las-in/", budget_import.budget_import, name="budget_import"),
    path("las-in/spara/", budget_import.budget_import_do, name="budget_import_do"),
    path("export.<str:form>", budget_files.budget_export, name="budget_export"),
    path("lage/", budget_states.budget_state, name="budget_state"),
    path("foresla/", budget_states.budget_propose, name="budget_propose"),
    path("dra-tillbaka/", budget_states.budget_withdraw, name="budget_withdraw"),
    path("faststall/", budget_states.budget_adopt, name="budget_adopt"),
    path("nasta-ar/", budget_states.budget_roll_forward, name="budget_roll_forward"),
    path("historik/", budget_past.budget_history, name="budget_history"),
    path("historik.csv", budget_past.budget_history_file, name="budget_history_file"),
    path(
        "historik/cell-<int:line>-<int:column>/",
        budget_past.budget_cell_history,
        name="budget_cell_history",
    ),
    path(
        "historik/opening-<int:column>/",
        budget_past.budget_cell_history,
        name="budget_opening_history",
    ),
    path("versioner/", budget_past.budget_versions, name="budget_versions"),
]

own_chapters = [
    path("nytt/", plan_chapters.plan_chapter_new, name="plan_chapter_new"),
    path("<int:number>/", plan_editor.plan_chapter, name="plan_chapter"),
    path(
        "<int:number>/forhandsgranska/",
        plan_editor.plan_chapter_preview,
        name="plan_chapter_preview",
    ),
    path("<int:number>/flytta/", plan_chapters.plan_chapter_move, name="plan_chapter_move"),
    path("<int:number>/ta-bort/", plan_chapters.plan_chapter_remove, name="plan_chapter_remove"),
]

own_plan = [
    path("", plan_editor.plan_edit, name="plan_edit"),
    path("omslag/", plan_editor.plan_cover, name="plan_cover"),
    path("kapitel/", include(own_chapters)),
    path("foresla/", plan_proposing.plan_propose, name="plan_propose"),
    path("ta-tillbaka/", plan_proposing.plan_withdraw, name="plan_withdraw"),
    path("faststall/", plan_adopting.plan_adopt, name="plan_adopt"),
    path("las-filen/", plan_adopting.plan_seal, name="plan_seal"),
    path("revidera/", plan_editor.plan_revise, name="plan_revise"),
    path("nasta-ar/", plan_rolling.plan_next_year, name="plan_next_year"),
    path("andringar/", plan_rolling.plan_changes, name="plan_changes"),
    path("pdf/", plan_pdf.plan_draft_pdf, name="plan_draft_pdf"),
]

own_users = [
    path("", accounts.account_list, name="work_users"),
    path("ny/", accounts.account_invite, name="user_invite"),
    path("<int:pk>/", accounts.account, name="user"),
    path("<int:pk>/lank/", accounts.account_link, name="user_link"),
    path("<int:pk>/oppet/", accounts.account_open, name="user_open"),
]

work = [
    path("", staff.work, name="work"),
    path("budgetar/", staff.work_budgets, name="work_budgets"),
    path("planer/", staff.work_plans, name="work_plans"),
    path("insatser/", staff.work_interventions, name="work_interventions"),
    path("resultat/", staff.work_all_results, name="work_all_results"),
    path("fel/", staff.work_faults, name="work_faults"),
    path("moten/", staff.work_meetings, name="work_meetings"),
    path("dokument/", staff.work_documents, name="work_documents"),
    path("nyheter/", staff.work_news, name="work_news"),
    path(
        "insatser/<int:pk>/granskad/",
        intervention_staff.intervention_reviewed,
        name="intervention_reviewed",
    ),
    path("insatser/ny/", intervention_start.intervention_start, name="intervention_start"),
    path("insatser/<int:pk>/mal/nytt/", intervention_start.goal_new, name="goal_new"),
    path("insatser/<int:pk>/resultat/", intervention_results.work_results, name="work_results"),
    path("insatser/<int:pk>/resultat/nytt/", intervention_start.result_new, name="result_new"),
    path(
        "insatser/<int:pk>/resultat.<str:form>",
        intervention_results.work_results_file,
        name="work_results_file",
    ),
    path("insatser/resultat/", include(own_results)),
    path("fel/<int:pk>/atgardat/", intervention_staff.report_handled, name="report_handled"),
    path("moten/<int:pk>/pdf/", meeting_pdf.meeting_draft_pdf, name="meeting_draft_pdf"),
    path("bidrag/<slug:association>/<int:year>/", include(own_contributions)),
    path("ta-bort/<str:kind>/<int:pk>/", removing.work_remove, name="work_remove"),
    path("nytt-forbund/", new_association.association_new, name="association_new"),
    path("anvandare/", include(own_users)),
    path("budget/ny/", budget_start.budget_start, name="budget_start"),
    path("budget/<int:pk>/", include(own_budget)),
    path("plan/ny/", plan_starting.plan_start, name="plan_start"),
    path("plan/<int:pk>/", include(own_plan)),
]

intervention = [
    path("", interventions.intervention, name="intervention"),
    path("kort/", intervention_cards.intervention_card, name="intervention_card"),
    path("kort.pdf", card_pdf.card_pdf, name="intervention_card_pdf"),
    path("fel/", intervention_reports.intervention_fault, name="intervention_fault"),
    path("resultat.<str:form>", intervention_results.public_results, name="intervention_results"),
]

association_intervention = [
    path("", interventions.association_intervention, name="association_intervention"),
    path("kort/", intervention_cards.intervention_card, name="association_intervention_card"),
    path("kort.pdf", card_pdf.card_pdf, name="association_intervention_card_pdf"),
    path(
        "fel/",
        intervention_reports.intervention_fault,
        name="association_intervention_fault",
    ),
    path(
        "resultat.<str:form>",
        intervention_results.public_results,
        name="association_intervention_results",
    ),
]

association_budgets = [
    path("", budgets.budget_list, name="budget_list"),
    path("jamfor/", budget_comparison.budget_comparison, name="budget_comparison"),
    path("<int:year>/", budgets.budget, name="budget"),
    path("<int:year>.<str:form>", budget_files.budget_file, name="budget_file"),
    path("<int:year>/utgava/<int:number>/", budgets.budget_edition, name="budget_edition"),
    path(
        "<int:year>/utgava/<int:number>.<str:form>",
        budget_files.budget_file,
        name="budget_edition_file",
    ),
]

association_plans = [
    path("", plans.plan_list, name="plan_list"),
    path("<int:year>/", plans.plan, name="plan"),
    path("<int:year>.pdf", plan_pdf.plan_pdf, name="plan_pdf"),
    path("<int:year>/utgava/<int:edition>/", plans.plan, name="plan_edition"),
    path("<int:year>/utgava/<int:edition>.pdf", plan_pdf.plan_pdf, name="plan_edition_pdf"),
]

association = [
    path("", roof.association, name="association"),
    path("om/", associations.association_about, name="association_about"),
    path(
        "insatser/",
        intervention_lists.association_interventions,
        name="association_interventions",
    ),
    path("insatser/<slug:slug>/", include(association_intervention)),
    path("budget/", include(association_budgets)),
    path("<plankind:kind>/", include(association_plans)),
    path("moten/", meeting_lists.association_meetings, name="association_meetings"),
    path("moten/<slug:slug>/", meetings.association_meeting, name="association_meeting"),
    path("moten/<slug:slug>.pdf", meeting_pdf.meeting_pdf, name="association_meeting_pdf"),
    path("dokument/", association_lists.document_list, name="document_list"),
    path("dokument/<slug:slug>/", associations.document, name="document"),
    path("dokument/<slug:slug>/fil/", associations.document_file, name="document_file"),
    path("nyheter/", association_lists.news_list, name="news_list"),
    path("nyheter/<slug:slug>/", associations.news_item, name="news_item"),
]

urlpatterns = [
    path("admin/r/<path:rest>", no_short_cut),
    path("admin/", admin.site.urls),
    path("konto/", include("allauth.urls")),
    path("", roof.start, name="start"),
    path("favicon.ico", roof.favicon, name="favicon"),
    path("farger.css", roof.colours, name="colours"),
    path("komponenter/", component_page.components, name="components"),
    path("om/<slug:slug>/", roof.page, name="page"),
    path("sok/", search.search_page, name="search"),
    path("schema/budget.json", budget_files.budget_schema, name="budget_schema"),
    path("kontrollera/", plan_checking.check_file, name="check_file"),
    path("moten/", meeting_lists.meeting_list, name="meeting_list"),
    path("moten/<slug:slug>/", meetings.meeting, name="meeting"),
    path("moten/<slug:slug>.pdf", meeting_pdf.meeting_pdf, name="meeting_pdf"),
    path("insatser/", intervention_lists.intervention_list, name="intervention_list"),
    path("insatser/hitta/", intervention_lists.find, name="intervention_find"),
    path("insatser/bilaga/<int:pk>/", interventions.attachment_file, name="attachment_file"),
    path("insatser/<slug:slug>/", include(intervention)),
    path("effekter/", effects.effect_list, name="effect_list"),
    path("effekter/<slug:slug>/", effects.effect_calculation, name="effect_calculation"),
    path("effekter/<slug:slug>.csv", effects.effect_calculation_file, name="effect_file"),
    path("arbeta/inloggad/", staff.signed_in, name="signed_in"),
    path("arbeta/", include(work)),
    path("<slug:association>/", include(association)),  # last, since it begins with its own name
]
