"""The whole site on one page."""

from django.contrib import admin
from django.urls import include, path, register_converter

from associations import list_views as association_lists
from associations import views as associations
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
from finsam import work_views as staff
from finsam.admin import no_short_cut
from finsam.search import views as search
from interventions import card_views as intervention_cards
from interventions import effect_views as effects
from interventions import list_views as intervention_lists
from interventions import report_views as intervention_reports
from interventions import result_import_views as results_import
from interventions import result_views as intervention_results
from interventions import staff_views as intervention_staff
from interventions import views as interventions
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

urlpatterns = [
    path("admin/r/<path:rest>", no_short_cut),
    path("admin/", admin.site.urls),
    path("konto/", include("allauth.urls")),
    # The whole site's own pages.
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
    path("insatser/<slug:slug>/", interventions.intervention, name="intervention"),
    path(
        "insatser/<slug:slug>/kort/",
        intervention_cards.intervention_card,
        name="intervention_card",
    ),
    path("insatser/<slug:slug>/kort.pdf", card_pdf.card_pdf, name="intervention_card_pdf"),
    path(
        "insatser/<slug:slug>/fel/",
        intervention_reports.intervention_fault,
        name="intervention_fault",
    ),
    path(
        "insatser/<slug:slug>/resultat.<str:form>",
        intervention_results.public_results,
        name="intervention_results",
    ),
    path("effekter/", effects.effect_list, name="effect_list"),
    path("effekter/<slug:slug>/", effects.effect_calculation, name="effect_calculation"),
    path("effekter/<slug:slug>.csv", effects.effect_calculation_file, name="effect_file"),
    # The staff's own pages.
    path("arbeta/", staff.work, name="work"),
    path("arbeta/budgetar/", staff.work_budgets, name="work_budgets"),
    path("arbeta/planer/", staff.work_plans, name="work_plans"),
    path("arbeta/insatser/", staff.work_interventions, name="work_interventions"),
    path(
        "arbeta/insatser/<int:pk>/granskad/",
        intervention_staff.intervention_reviewed,
        name="intervention_reviewed",
    ),
    path(
        "arbeta/insatser/resultat/las-in/",
        results_import.results_import,
        name="results_import",
    ),
    path(
        "arbeta/insatser/resultat/las-in/spara/",
        results_import.results_import_do,
        name="results_import_do",
    ),
    path(
        "arbeta/insatser/resultat/mall.<str:form>",
        intervention_results.results_template,
        name="results_template",
    ),
    path(
        "arbeta/insatser/<int:pk>/resultat/",
        intervention_results.work_results,
        name="work_results",
    ),
    path(
        "arbeta/insatser/<int:pk>/resultat.<str:form>",
        intervention_results.work_results_file,
        name="work_results_file",
    ),
    path("arbeta/resultat/", staff.work_all_results, name="work_all_results"),
    path("arbeta/fel/", staff.work_faults, name="work_faults"),
    path("arbeta/fel/<int:pk>/atgardat/", intervention_staff.report_handled, name="report_handled"),
    path("arbeta/moten/", staff.work_meetings, name="work_meetings"),
    path("arbeta/dokument/", staff.work_documents, name="work_documents"),
    path(
        "arbeta/bidrag/<slug:association>/<int:year>/",
        contributions.contributions,
        name="contributions",
    ),
    path(
        "arbeta/bidrag/<slug:association>/<int:year>/medlemssamrad/",
        contributions.contributions_meeting,
        name="contributions_meeting",
    ),
    path(
        "arbeta/bidrag/<slug:association>/<int:year>/skriv/",
        contributions.contributions_write,
        name="contributions_write",
    ),
    path("arbeta/budget/ny/", budget_start.budget_start, name="budget_start"),
    path("arbeta/budget/<int:pk>/las-in/", budget_import.budget_import, name="budget_import"),
    path(
        "arbeta/budget/<int:pk>/las-in/spara/",
        budget_import.budget_import_do,
        name="budget_import_do",
    ),
    path("arbeta/budget/<int:pk>/", budget_editor.budget_edit, name="budget_edit"),
    path("arbeta/budget/<int:pk>/cell/", budget_editor.budget_cell, name="budget_cell"),
    path(
        "arbeta/budget/<int:pk>/sedan/<int:version>/",
        budget_editor.budget_since,
        name="budget_since",
    ),
    path("arbeta/budget/<int:pk>/angra/", budget_editor.budget_undo, name="budget_undo"),
    path("arbeta/budget/<int:pk>/gor-om/", budget_editor.budget_redo, name="budget_redo"),
    path("arbeta/budget/<int:pk>/rad/ny/", budget_shape.budget_line_new, name="budget_line_new"),
    path("arbeta/budget/<int:pk>/rad/<int:key>/", budget_shape.budget_line, name="budget_line"),
    path(
        "arbeta/budget/<int:pk>/rad/<int:key>/ta-bort/",
        budget_shape.budget_line_remove,
        name="budget_line_remove",
    ),
    path(
        "arbeta/budget/<int:pk>/kommentar/",
        budget_shape.budget_comment,
        name="budget_comment",
    ),
    path(
        "arbeta/budget/<int:pk>/kolumn/ny/",
        budget_shape.budget_column_new,
        name="budget_column_new",
    ),
    path(
        "arbeta/budget/<int:pk>/kolumn/<int:key>/",
        budget_shape.budget_column,
        name="budget_column",
    ),
    path(
        "arbeta/budget/<int:pk>/kolumn/<int:key>/ta-bort/",
        budget_shape.budget_column_remove,
        name="budget_column_remove",
    ),
    path(
        "arbeta/budget/<int:pk>/export.<str:form>",
        budget_files.budget_export,
        name="budget_export",
    ),
    path("arbeta/budget/<int:pk>/lage/", budget_states.budget_state, name="budget_state"),
    path("arbeta/budget/<int:pk>/foresla/", budget_states.budget_propose, name="budget_propose"),
    path(
        "arbeta/budget/<int:pk>/dra-tillbaka/",
        budget_states.budget_withdraw,
        name="budget_withdraw",
    ),
    path("arbeta/budget/<int:pk>/faststall/", budget_states.budget_adopt, name="budget_adopt"),
    path(
        "arbeta/budget/<int:pk>/nasta-ar/",
        budget_states.budget_roll_forward,
        name="budget_roll_forward",
    ),
    path("arbeta/budget/<int:pk>/historik/", budget_past.budget_history, name="budget_history"),
    path(
        "arbeta/budget/<int:pk>/historik.csv",
        budget_past.budget_history_file,
        name="budget_history_file",
    ),
    path(
        "arbeta/budget/<int:pk>/historik/cell-<int:line>-<int:column>/",
        budget_past.budget_cell_history,
        name="budget_cell_history",
    ),
    path(
        "arbeta/budget/<int:pk>/historik/opening-<int:column>/",
        budget_past.budget_cell_history,
        name="budget_opening_history",
    ),
    path("arbeta/budget/<int:pk>/versioner/", budget_past.budget_versions, name="budget_versions"),
    path("arbeta/budget/<int:pk>/revidera/", budget_editor.budget_revise, name="budget_revise"),
    path("arbeta/moten/<int:pk>/pdf/", meeting_pdf.meeting_draft_pdf, name="meeting_draft_pdf"),
    path("arbeta/plan/ny/", plan_starting.plan_start, name="plan_start"),
    path("arbeta/plan/<int:pk>/", plan_editor.plan_edit, name="plan_edit"),
    path(
        "arbeta/plan/<int:pk>/kapitel/<int:number>/",
        plan_editor.plan_chapter,
        name="plan_chapter",
    ),
    path(
        "arbeta/plan/<int:pk>/kapitel/<int:number>/forhandsgranska/",
        plan_editor.plan_chapter_preview,
        name="plan_chapter_preview",
    ),
    path(
        "arbeta/plan/<int:pk>/kapitel/nytt/",
        plan_chapters.plan_chapter_new,
        name="plan_chapter_new",
    ),
    path(
        "arbeta/plan/<int:pk>/kapitel/<int:number>/ta-bort/",
        plan_chapters.plan_chapter_remove,
        name="plan_chapter_remove",
    ),
    path(
        "arbeta/plan/<int:pk>/kapitel/<int:number>/flytta/",
        plan_chapters.plan_chapter_move,
        name="plan_chapter_move",
    ),
    path("arbeta/plan/<int:pk>/omslag/", plan_editor.plan_cover, name="plan_cover"),
    path("arbeta/plan/<int:pk>/revidera/", plan_editor.plan_revise, name="plan_revise"),
    path("arbeta/plan/<int:pk>/foresla/", plan_proposing.plan_propose, name="plan_propose"),
    path("arbeta/plan/<int:pk>/ta-tillbaka/", plan_proposing.plan_withdraw, name="plan_withdraw"),
    path("arbeta/plan/<int:pk>/faststall/", plan_adopting.plan_adopt, name="plan_adopt"),
    path("arbeta/plan/<int:pk>/las-filen/", plan_adopting.plan_seal, name="plan_seal"),
    path("arbeta/plan/<int:pk>/nasta-ar/", plan_rolling.plan_next_year, name="plan_next_year"),
    path("arbeta/plan/<int:pk>/andringar/", plan_rolling.plan_changes, name="plan_changes"),
    path("arbeta/plan/<int:pk>/pdf/", plan_pdf.plan_draft_pdf, name="plan_draft_pdf"),
    # One association's pages: last, since they begin with its own name.
    path("<slug:association>/", roof.association, name="association"),
    path("<slug:association>/om/", associations.association_about, name="association_about"),
    path(
        "<slug:association>/insatser/",
        intervention_lists.association_interventions,
        name="association_interventions",
    ),
    path(
        "<slug:association>/insatser/<slug:slug>/",
        interventions.association_intervention,
        name="association_intervention",
    ),
    path(
        "<slug:association>/insatser/<slug:slug>/kort/",
        intervention_cards.intervention_card,
        name="association_intervention_card",
    ),
    path(
        "<slug:association>/insatser/<slug:slug>/kort.pdf",
        card_pdf.card_pdf,
        name="association_intervention_card_pdf",
    ),
    path(
        "<slug:association>/insatser/<slug:slug>/fel/",
        intervention_reports.association_intervention_fault,
        name="association_intervention_fault",
    ),
    path(
        "<slug:association>/insatser/<slug:slug>/resultat.<str:form>",
        intervention_results.public_results,
        name="association_intervention_results",
    ),
    path("<slug:association>/budget/", budgets.budget_list, name="budget_list"),
    path(
        "<slug:association>/budget/jamfor/",
        budget_comparison.budget_comparison,
        name="budget_comparison",
    ),
    path("<slug:association>/budget/<int:year>/", budgets.budget, name="budget"),
    path(
        "<slug:association>/budget/<int:year>.<str:form>",
        budget_files.budget_file,
        name="budget_file",
    ),
    path(
        "<slug:association>/budget/<int:year>/utgava/<int:number>/",
        budgets.budget_edition,
        name="budget_edition",
    ),
    path(
        "<slug:association>/budget/<int:year>/utgava/<int:number>.<str:form>",
        budget_files.budget_file,
        name="budget_edition_file",
    ),
    path("<slug:association>/<plankind:kind>/", plans.plan_list, name="plan_list"),
    path("<slug:association>/<plankind:kind>/<int:year>/", plans.plan, name="plan"),
    path("<slug:association>/<plankind:kind>/<int:year>.pdf", plan_pdf.plan_pdf, name="plan_pdf"),
    path(
        "<slug:association>/<plankind:kind>/<int:year>/utgava/<int:edition>/",
        plans.plan,
        name="plan_edition",
    ),
    path(
        "<slug:association>/<plankind:kind>/<int:year>/utgava/<int:edition>.pdf",
        plan_pdf.plan_pdf,
        name="plan_edition_pdf",
    ),
    path(
        "<slug:association>/moten/",
        meeting_lists.association_meetings,
        name="association_meetings",
    ),
    path(
        "<slug:association>/moten/<slug:slug>/",
        meetings.association_meeting,
        name="association_meeting",
    ),
    path(
        "<slug:association>/moten/<slug:slug>.pdf",
        meeting_pdf.meeting_pdf,
        name="association_meeting_pdf",
    ),
    path("<slug:association>/dokument/", association_lists.document_list, name="document_list"),
    path("<slug:association>/dokument/<slug:slug>/", associations.document, name="document"),
    path(
        "<slug:association>/dokument/<slug:slug>/fil/",
        associations.document_file,
        name="document_file",
    ),
    path("<slug:association>/nyheter/", association_lists.news_list, name="news_list"),
    path("<slug:association>/nyheter/<slug:slug>/", associations.news_item, name="news_item"),
]
